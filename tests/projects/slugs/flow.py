from prefect import flow


@flow(name="slugs")
def load(region: str, limit: int = 100):
    pass
