from prefect import flow


@flow
def twice(n: int = 0): ...


twice.to_deployment("one", tags=["old"], cron="0 1 * * *", description="old").apply()
twice.to_deployment("one", tags=["new"], parameters={"n": 1}).apply()
