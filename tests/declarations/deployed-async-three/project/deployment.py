import asyncio

from prefect import flow
from prefect.deployments.runner import RunnerDeployment


@flow
def worked(n: int = 0): ...


class Session:
    async def __aenter__(self):
        self.names = []
        return self

    async def __aexit__(self, *error):
        self.names.clear()

    async def names_of(self, n):
        for i in range(n):
            await asyncio.sleep(0)
            yield f"w{i}"


async def main():
    async with Session() as session:
        async for name in session.names_of(2):
            await worked.adeploy(
                name, work_pool_name="docker-pool", image="acme/w:1", build=False, push=False
            )
            session.names.append(name)
        made = await RunnerDeployment.afrom_flow(worked, name="-".join(session.names)) if hasattr(
            RunnerDeployment, "afrom_flow"
        ) else await worked.ato_deployment("-".join(session.names))
    await made.aapply()


if __name__ == "__main__":
    asyncio.run(main())
