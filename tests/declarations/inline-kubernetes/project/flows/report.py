from datetime import date

from prefect import flow


@flow(name="monthly-report")
def report(month: date = date(2024, 1, 1), recipients: list[str] = ["finance@acme.example"]):
    pass
