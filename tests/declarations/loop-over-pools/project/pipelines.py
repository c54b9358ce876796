from prefect import flow


@flow
def bronze(table: str = "t"): ...


@flow
def silver(table: str = "t"): ...
