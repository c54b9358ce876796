from prefect import flow

@flow
def a(env: str, x: int = 1): ...
@flow(name="B flow")
def b(env: str): ...
FLOWS = {"a": a, "b": b}
