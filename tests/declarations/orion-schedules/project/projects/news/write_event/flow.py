from prefect import flow


@flow(name="write event")
def write_event(event: str = "none", retries: int = 2): ...
