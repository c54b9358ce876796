from prefect import flow


@flow
def dump_flow(query: str = "select 1"):
    pass
