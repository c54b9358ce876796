"""Loads the orders of a day."""
import json
from datetime import timedelta
from urllib.request import urlopen

import prefect
from prefect import Flow, Parameter, task
from prefect.run_configs import DockerRun
from prefect.schedules import CronSchedule
from prefect.storage import Docker

storage = Docker(
    registry_url="registry.example.com/data",
    image_name="orders-etl",
    image_tag="2021-11",
    python_dependencies=["requests==2.26.0"],
)


@task(max_retries=3, retry_delay=timedelta(seconds=30))
def extract(day):
    with urlopen(f"https://example.com/orders/{day}") as answer:
        return json.load(answer)


@task
def transform(orders):
    # cancelled orders do not count
    return [it for it in orders if it["state"] != "cancelled"]


@task
def load(orders, table):
    logger = prefect.context.get("logger")
    logger.info("writing %s orders to %s", len(orders), table)


with Flow("Orders ETL", storage=storage, schedule=CronSchedule("30 5 * * 1-5")) as flow:
    day = Parameter("day", default="2021-11-01")
    table = Parameter("table", default="orders")

    raw = extract(day)
    clean = transform(raw)
    load(clean, table)

flow.run_config = DockerRun(env={"STAGE": "prod", "RETRIES": 3}, labels=["docker", "prod"])

if __name__ == "__main__":
    flow.register(project_name="orders")
