"""What only one Prefect has is imported where the other goes on without it."""
from prefect import flow

try:
    from prefect.schedules import Cron

    schedule = Cron("0 1 * * *", timezone="UTC")
except ImportError:
    from prefect.client.schemas.schedules import CronSchedule

    schedule = CronSchedule(cron="0 1 * * *", timezone="UTC")
try:
    from prefect.filesystems import GitHub
    from prefect.infrastructure import Process

    version = "two"
except ImportError:
    version = "three"
try:
    import prefect.docker as docker
except ModuleNotFoundError:
    docker = None


@flow
def migrate():
    """Migrates."""


migrate.to_deployment(
    version, tags=["docker"] if docker else [], work_pool_name="local", schedule=schedule
).apply()
