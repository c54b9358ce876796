import flow as module

if __name__ != "__main__":
    raise RuntimeError("run me")

if __name__ == "__main__":
    module.guarded.serve(
        name=f"{module.__name__}-{module.guarded.name}",
        parameters={"x": 2},
        cron="30 2 * * *",
        tags=[__file__.rsplit("/", 1)[-1]],
        version="7",
        description="served",
        enforce_parameter_schema=False,
        paused=False,
        limit=5,
        webserver=False,
    )
