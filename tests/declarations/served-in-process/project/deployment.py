from prefect import flow


@flow(name="hello")
def hello(name: str = "world", times: int = 1):
    """Says hello."""
    for _ in range(times):
        print(f"hello {name}")


if __name__ == "__main__":
    hello.serve(
        name="hello-deployment",
        tags=["onboarding"],
        parameters={"name": "Marvin"},
        interval=60,
    )
