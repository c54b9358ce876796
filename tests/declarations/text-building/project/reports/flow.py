from prefect import flow


@flow(name="Sales Report")
def sales_report(title: str, region: str = "EMEA", width: int = 80): ...
