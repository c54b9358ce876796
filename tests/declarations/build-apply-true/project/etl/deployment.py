from prefect.deployments import Deployment
from prefect.client.schemas.schedules import RRuleSchedule

from flow import nightly_etl

Deployment.build_from_flow(
    flow=nightly_etl,
    name="workdays",
    schedule=RRuleSchedule(rrule="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=6;BYMINUTE=0", timezone="Europe/Berlin"),
    work_queue_name="etl",
    skip_upload=True,
    apply=True,
)
