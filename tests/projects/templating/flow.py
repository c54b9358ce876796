from prefect import flow


@flow(name="templating")
def main(text: str, region: str, both: str = ""):
    pass
