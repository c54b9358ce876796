import asyncio
from prefect import flow, get_client
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import DeploymentScheduleCreate, WorkPoolCreate
from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule
from prefect.exceptions import ObjectAlreadyExists, ObjectNotFound
from prefect.variables import Variable
from prefect.blocks.system import Secret
from prefect.blocks.notifications import SlackWebhook

@flow
def a(n: int = 1): ...

async def ensure_pool(client: PrefectClient, name: str) -> None:
    try:
        await client.read_work_pool(name)
    except ObjectNotFound:
        await client.create_work_pool(WorkPoolCreate(name=name, type="process"))

async def main() -> None:
    async with get_client() as client:
        await ensure_pool(client, "local")
        existing = {d.name: d for d in await client.read_deployments()}
        print(len(existing))
    hook = None
    try:
        hook = await SlackWebhook.load("nope-hook")
    except ValueError as e:
        print("no hook", e)
    ids = await asyncio.gather(*[a.to_deployment(f"d{i}", schedule=IntervalSchedule(interval=60 * (i + 1), anchor_date="2024-01-01T00:00:00+00:00")).apply() if False else deploy(i) for i in range(2)])
    print(ids)

async def deploy(i):
    d = await a.to_deployment(f"d{i}", schedules=[DeploymentScheduleCreate(schedule=CronSchedule(cron=f"{i} * * * *", timezone="UTC"), active=i == 0)], work_pool_name="local", job_variables=dict(env=dict(I=str(i)), working_dir="/opt"))
    return await d.apply()

asyncio.run(main())
