"""Flows that functions and methods make."""

from functools import wraps
from typing import Optional

from prefect import flow

TABLE = "not this one"


def table_flow(table: str, cron: str):
    @flow(name=f"load__{table}", log_prints=True)
    def load(dataset: str = "prices", TABLE: str = table, table: str = TABLE):
        """What it does."""

    load.schedules = [{"cron": cron}]
    return load


load__country = table_flow("country", "40 14 * * *")
load__city = table_flow(table="city", cron="40 15 * * *")


class Builder:
    def __init__(self, retries=2):
        self.retries = retries

    def build(self, name, more: Optional[list] = None):
        tasks = more or []

        @flow(name=name, retries=self.retries)
        def etl(a: int, b: list = tasks):
            pass

        return etl


other = Builder().build("Other ETL")
more = Builder().build("More ETL", ["x"])


def with_settings(name, **settings):
    all_settings = {"name": name, "description": "d", **settings}

    @flow(**all_settings)
    def inside(select: str = name):
        pass

    return inside


dbt = with_settings("dbt it", version="5")

for it in ["a", "b"]:
    globals()[f"load_{it}"] = with_settings(f"load {it}")


def plain():
    @flow
    def nothing_said(x: int = 3):
        pass

    return nothing_said


nothing = plain()


def custom(**settings):
    def decorate(func):
        @wraps(func)
        @flow(**settings)
        def wrapped(payload: dict):
            return func(payload)

        return wrapped

    return decorate


@custom(name="clerk")
def clerk(x: int):
    pass
