import asyncio
from prefect import flow, get_client
from prefect.deployments import Deployment, run_deployment
from prefect.client.schemas.schedules import CronSchedule
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.blocks.core import Block
from prefect.blocks.system import Secret, JSON, String

@flow
def w(a: int = 1): ...

async def main():
    d = await Deployment.build_from_flow(w, "first", tags=("a", "b"), version=2.5, schedule=CronSchedule(cron="0 0 * * *", timezone="UTC"), skip_upload=True)
    d.tags.append("c")
    d.parameters["a"] = 4
    d.schedule = None
    d.work_queue_name = "q"
    did = await d.apply()
    async with get_client() as client:
        dep = await client.read_deployment(did)
        print(dep.name)

if __name__ == "__main__":
    asyncio.run(main())
    d = Deployment(name="first", flow_name="w")
    d2 = Deployment.build_from_flow(flow=w, name="second", storage=Block.load("azure/twentysix"), skip_upload=True, path="/sub", parameters={"a": 3}, work_pool_name="local", description="x" )
    d2.update(version="7", tags=["z"])
    d2.apply(upload=False)
