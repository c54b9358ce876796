from prefect import flow


@flow(name="bee")
def b(n: int = 2): ...
