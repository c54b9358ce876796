from prefect import Flow, Parameter, task
from prefect.run_configs import UniversalRun
from prefect.schedules import CronSchedule


@task
def ingest(source):
    return source


@task
def publish(data):
    print(data)


with Flow("ingest", schedule=CronSchedule("0 1 * * *")) as flow:
    source = Parameter("source", default="crm")
    ingest(source)

flow.run_config = UniversalRun(labels=["vm-1"])
flow.register(project_name="pipelines")

with Flow("publish", schedule=CronSchedule("0 2 * * *", day_or=False)) as flow:
    data = ingest("warehouse")
    publish(data)

flow.register(project_name="pipelines", labels=["vm-2"])
