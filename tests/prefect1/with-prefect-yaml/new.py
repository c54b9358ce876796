from prefect import flow


@flow
def new(n: int = 1):
    print(n)
