from prefect import flow


@flow
def copy_files(prefix: str = ""):
    ...
