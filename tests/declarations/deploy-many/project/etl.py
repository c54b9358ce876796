from prefect import flow


@flow
def extract(source: str, rows: int = 100): ...


@flow
def load(target: str = "dwh"): ...
