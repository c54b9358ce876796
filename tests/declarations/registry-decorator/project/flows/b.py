from prefect import flow
from registry import deployed


@deployed(tags=["b"])
@flow(name="beta")
def b(n: int = 2): ...
