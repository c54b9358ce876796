from prefect import flow


@flow(name="triggers")
def main(name: str):
    pass
