from prefect import flow

from ..a import a_flow


@flow(name="bee")
def b_flow(y: str): ...


class Job: ...
