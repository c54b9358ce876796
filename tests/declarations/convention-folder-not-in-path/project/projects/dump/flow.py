from prefect import flow


@flow(name="dump")
def main(table: str = "t"): ...
