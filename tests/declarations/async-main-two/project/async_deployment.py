import asyncio
from contextlib import asynccontextmanager

from flows import crawl
from prefect.deployments import Deployment
from prefect.filesystems import Azure


@asynccontextmanager
async def announced(name):
    print("registering", name)
    try:
        yield name.upper()
    finally:
        print("done")


async def urls():
    for host in ("a.example", "b.example"):
        yield f"https://{host}/"


async def register(url: str, storage):
    deployment = await Deployment.build_from_flow(
        flow=crawl,
        name=url.split("//")[1].strip("/"),
        storage=storage,
        path="crawl/" + url[8:9],
        parameters={"url": url},
        skip_upload=True,
    )
    return await deployment.apply()


async def main():
    storage = await Azure.load("twentysix")
    async with announced("crawlers") as title:
        assert title == "CRAWLERS"
        async for url in urls():
            await register(url, storage)


if __name__ == "__main__":
    asyncio.run(main())
