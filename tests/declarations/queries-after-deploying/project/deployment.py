import asyncio
from contextlib import AsyncExitStack

from prefect import flow, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.exceptions import ObjectAlreadyExists
from prefect.settings import PREFECT_API_URL


@flow
def probe(target: str = "self"): ...


async def main():
    print(PREFECT_API_URL.value())
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(get_client())
        try:
            await client.create_work_pool(WorkPoolCreate(name="docker-pool", type="docker"))
        except ObjectAlreadyExists:
            pass
        deployment_id = await probe.deploy(
            name="probe", work_pool_name="docker-pool", image="acme/probe:1", build=False, push=False, tags=["it"]
        )
        deployment = await client.read_deployment(deployment_id)
        assert deployment.name == "probe"
        assert deployment.tags == ["it"], deployment.tags
        for schedule in deployment.schedules:
            print(schedule.id)


if __name__ == "__main__":
    asyncio.run(main())
