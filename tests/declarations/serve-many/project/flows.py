from prefect import flow


@flow
def slow(sleep: int = 60):
    pass


@flow(name="quick one")
def fast(sleep: float = 0.5):
    pass
