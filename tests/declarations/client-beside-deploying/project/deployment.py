import asyncio
from prefect import flow, get_client
from prefect.deployments import run_deployment
from prefect.schedules import Cron
import sys

@flow(log_prints=True)
def w(name: str):
    """Say.

    Args:
        name: who
    """
    print(name)

async def clean():
    async with get_client() as client:
        try:
            await client.delete_deployment("8fb1cac6-0493-4da7-aacf-6383690fa2b1")
        except Exception as e:
            print(e)
        for it in await client.read_deployments():
            print(it.name)

async def create():
    await clean()
    d = await w.to_deployment(name="worker", work_pool_name="local", description="D", version="2.0.0", tags=["a", "b"], schedules=[Cron("0 1 * * *", slug="x"), Cron("0 2 * * *", timezone="UTC", active=False, parameters={"name": "y"})], parameters={"name": "x"}, paused=True, enforce_parameter_schema=False)
    deployment_id = await d.apply()
    print(f"made {deployment_id}")
    async with get_client() as client:
        flow_run = await client.create_flow_run_from_deployment(deployment_id=deployment_id, parameters={"name": "z"})
        print(flow_run.id)
    return deployment_id

if __name__ == "__main__":
    if sys.platform == "win32":
        asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
    result = asyncio.run(create())
    if result:
        print("ok")
    else:
        print("no")
        sys.exit(1)
