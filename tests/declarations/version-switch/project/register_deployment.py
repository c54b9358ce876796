"""Works on both major versions while we migrate."""
import prefect
from packaging.version import Version
from prefect import flow


@flow(log_prints=True)
def migrate(step: int = 0):
    """One step of the migration."""
    print(step)


IS_2 = prefect.__version__.startswith("2")

if Version(prefect.__version__) < Version("3.0.0"):
    from prefect.client.schemas.schedules import CronSchedule

    extra = {"schedule": CronSchedule(cron="0 0 1 * *", timezone="UTC")}
else:
    from prefect.schedules import Cron

    extra = {"schedule": Cron("0 0 1 * *", timezone="UTC")}

if __name__ == "__main__":
    deployment = migrate.to_deployment(
        name="v2" if IS_2 else "v3",
        tags=[f"prefect-{prefect.__version__.split('.')[0]}"],
        **extra,
    )
    deployment.apply(work_pool_name="local")
