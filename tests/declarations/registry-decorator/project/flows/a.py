from prefect import flow
from registry import deployed


@deployed(cron="0 1 * * *")
@deployed("a-hourly", interval=3600)
@flow
def alpha(n: int = 1): ...
