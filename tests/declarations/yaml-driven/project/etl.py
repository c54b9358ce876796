from datetime import date

from prefect import flow


@flow
def orders(region: str, since: date = date(2020, 1, 1)): ...


@flow
def stock(): ...
