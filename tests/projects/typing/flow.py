from prefect import flow


@flow(name="typing")
def main(value: dict):
    pass
