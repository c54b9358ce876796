from prefect import flow


@flow(name="anchors")
def main(region: str, limit: int = 1):
    pass
