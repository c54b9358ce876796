import prefect
from prefect.run_configs import LocalRun


@prefect.task
def work(n):
    prefect.context.get("logger").info("working on %s", n)


with prefect.Flow("attributes") as f:
    n = prefect.Parameter("n", default=1)
    work(n)

f.run_config = LocalRun(working_dir="/srv/flows", env={"HOME": "/srv"})

if __name__ == "__main__":
    f.run()
