from datetime import datetime, timedelta, timezone

from prefect import flow, serve
from prefect.client.schemas.objects import MinimalDeploymentSchedule
from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule, RRuleSchedule


@flow(name="served", version="v0")
def served(a: int = 1):
    """Is served."""


serve(
    served.to_deployment("interval", interval=3600),
    served.to_deployment("delta", interval=timedelta(minutes=10), tags=["t"], version="1"),
    served.to_deployment("intervals", interval=[60, timedelta(hours=1)]),
    served.to_deployment("crons", cron=["0 1 * * *", "0 2 * * *"]),
    served.to_deployment("rrule", rrule="FREQ=DAILY;BYHOUR=3"),
    served.to_deployment("schedule", schedule=CronSchedule(cron="0 4 * * *", timezone="Europe/Oslo")),
    served.to_deployment("inactive", schedule=RRuleSchedule(rrule="FREQ=DAILY"), is_schedule_active=False),
    served.to_deployment("paused", cron="0 5 * * *", paused=True, description="paused for now"),
    served.to_deployment(
        "schedules",
        schedules=[
            {"schedule": CronSchedule(cron="0 6 * * *"), "active": False},
            MinimalDeploymentSchedule(
                schedule=IntervalSchedule(
                    interval=timedelta(days=1), anchor_date=datetime(2024, 1, 1, tzinfo=timezone.utc)
                ),
                active=True,
            ),
            CronSchedule(cron="0 7 * * *"),
        ],
        parameters={"a": 2},
        enforce_parameter_schema=True,
    ),
    served.to_deployment("pooled", work_pool_name="local", work_queue_name="q", job_variables={"env": {"A": "1"}}),
    pause_on_shutdown=False,
)
