from prefect import flow


@flow(name="variables")
def main(level: int, switch: bool, items: list, options: dict):
    pass
