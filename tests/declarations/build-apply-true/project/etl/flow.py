from prefect import flow


@flow
def nightly_etl(day: str = "yesterday"):
    ...
