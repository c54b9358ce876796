import os
from prefect import flow, get_run_logger, task
from prefect.deployments import Deployment
from prefect.server.schemas.schedules import CronSchedule

BUCKET = "BUCKET_NAME"

@flow
def extract(years: list): ...

@task(name="Deploy one")
def deploy_one() -> None:
    """Deploy."""
    logger = get_run_logger()
    logger.info("INFO: start")
    if BUCKET in os.environ:
        bucket = os.environ.get(BUCKET)
    else:
        bucket = "DTC"
    d = Deployment.build_from_flow(flow=extract, name="extracting crimes", parameters={"years": [2020, 2021]},
        schedule=(CronSchedule(cron="0 12 * * *", timezone="UTC")), infra_overrides={"env": {"PREFECT_LOGGING_LEVEL": "DEBUG", "B": bucket}}, work_queue_name="default")
    d.apply()

@flow(name="Deploy flows", log_prints=True)
def deploy_flows():
    deploy_one()

if __name__ == "__main__":
    deploy_flows()
