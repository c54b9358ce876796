from prefect import flow


@flow
def module_job(n: int = 1): ...
