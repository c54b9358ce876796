import anyio
from prefect import aserve, flow


@flow
async def poll(queue: str = "in"): ...


@flow
async def push(queue: str = "out"): ...


async def main() -> None:
    deployments = [
        await each.to_deployment(name=f"{each.name}-served", tags=[each.fn.__name__]) for each in (poll, push)
    ]
    await aserve(*deployments)
    await poll.deploy(
        name="pooled", work_pool_name="docker-pool", image="acme/poll:latest", build=False, push=False
    )


if __name__ == "__main__":
    anyio.run(main)
