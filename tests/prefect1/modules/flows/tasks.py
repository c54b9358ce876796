from datetime import timedelta

from prefect import task


@task(max_retries=2, retry_delay=timedelta(seconds=10), log_stdout=True)
def extract(n):
    return list(range(n))


@task(skip_on_upstream_skip=False)
def load(rows):
    print(rows)
