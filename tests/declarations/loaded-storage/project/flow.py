from prefect import flow


@flow(name="publish")
def publish_report(title: str, pages: int = 3):
    ...
