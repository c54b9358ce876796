from prefect import flow


@flow(name="two")
def main_two(b: str = "2"):
    """Two."""


@flow
def helper(): ...
