from prefect import flow


@flow
def load(n: int = 1):
    return n
