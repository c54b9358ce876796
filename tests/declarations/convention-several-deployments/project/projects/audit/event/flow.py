from prefect import flow


@flow(name="write event", version="7", log_prints=True)
def write_event(kind: str, payload: dict = {}):
    print(kind, payload)
