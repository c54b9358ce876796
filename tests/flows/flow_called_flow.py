from prefect import flow


@flow(name="the only one")
def flow(now_date: str = ""):
    pass
