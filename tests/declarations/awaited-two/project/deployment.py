import asyncio

from prefect import flow
from prefect.deployments import Deployment
from prefect.infrastructure import KubernetesJob


@flow
def awaited(n: int = 0): ...


async def one(n: int):
    infrastructure = await KubernetesJob.load("simple")
    deployment = await Deployment.build_from_flow(
        flow=awaited, name=f"n-{n}", parameters={"n": n}, infrastructure=infrastructure, path="/flows"
    )
    await deployment.apply()
    return n


async def main():
    done = [await one(n) for n in range(2)]
    first, second = await asyncio.gather(asyncio.sleep(0, "a"), asyncio.sleep(0, "b"))
    served = await awaited.to_deployment(f"{first}{second}-{sum(done)}")
    await served.apply()


loop = asyncio.new_event_loop()
loop.run_until_complete(main())
