"""What Prefect refuses is replaced by what the handler has."""
import os
from datetime import timedelta

from prefect import flow
from prefect.client.schemas.schedules import (
    CronSchedule,
    IntervalSchedule,
    RRuleSchedule,
    construct_schedule,
)
from prefect.runner.storage import GitRepository, LocalStorage

try:
    from prefect import Parameter, case

    kind = "one"
except ImportError:
    kind = "later"
try:
    from prefect.run_configs import KubernetesRun

    kind += "-one"
except ModuleNotFoundError:
    kind += "-later"


@flow
def tried(day: str = "today"):
    """Tried."""


def made(kind, /, *args, **keywords):
    try:
        return kind(*args, **keywords)
    except (TypeError, ValueError) as error:
        return type(error).__name__


refused = [
    made(CronSchedule, cron="61 * * * *"),
    made(CronSchedule, cron="0 6 * * *", timezone="Nowhere/City"),
    made(CronSchedule, cron="0 6 * * *", active=True),
    made(CronSchedule, "0 6 * * *"),
    made(CronSchedule, cron=os.environ.get("NO_SUCH_VARIABLE_HERE")),
    made(CronSchedule),
    made(IntervalSchedule, interval=0),
    made(IntervalSchedule, interval=timedelta(minutes=-1)),
    made(IntervalSchedule, 60),
    made(RRuleSchedule, rrule="FREQ=NEVER"),
    made(RRuleSchedule, rrule="FREQ=DAILY", active=True),
    made(construct_schedule, cron="every day"),
    made(GitRepository, url="https://example.com/flows.git", reference="v1"),
    made(GitRepository),
    made(LocalStorage, "/app", branch="main"),
]


def schedule(text):
    try:
        return CronSchedule(cron=text, timezone="Europe/Oslo")
    except Exception:
        return CronSchedule(cron="0 2 * * *", timezone="Europe/Oslo")


for number, text in enumerate(["61 * * * *", "5 * * * *"]):
    tried.to_deployment(
        name=f"{kind}-{number}",
        tags=[f"{at}-{name}" for at, name in enumerate(refused)],
        schedule=schedule(text),
        work_pool_name="local",
    ).apply()
