from prefect import flow
from . import c
@flow(name="A")
def a(x: int): ...
