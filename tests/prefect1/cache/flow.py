from datetime import timedelta

from prefect import Flow, task
from prefect.engine.cache_validators import all_inputs
from prefect.engine.results import LocalResult

HOUR = timedelta(hours=1)


@task(cache_for=timedelta(days=1))
def rates():
    return {"EUR": 1.0}


@task(cache_for=HOUR, cache_validator=all_inputs, max_retries=2, retry_delay=HOUR)
def convert(amount, rates):
    return amount * rates["EUR"]


@task(result=LocalResult(dir="/tmp/results"), checkpoint=True)
def store(amount):
    return amount


with Flow("rates", result=LocalResult()) as flow:
    store(convert(10, rates()))
