from prefect import flow


@flow(description="Kept in a file of its own")
def stored(x: str = "a"): ...
