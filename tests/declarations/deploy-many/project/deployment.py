import etl
from prefect import deploy

COMMON = {"tags": ["etl"], "version": "5"}

deploy(
    etl.extract.to_deployment("extract", parameters={"source": "api"}, interval=600, **COMMON),
    etl.load.to_deployment(name="load.py", rrule="FREQ=DAILY;BYHOUR=4", paused=True, **COMMON),
    work_pool_name="docker-pool",
    image="acme/etl:5",
    build=False,
    push=False,
)
