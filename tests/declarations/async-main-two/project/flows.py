from prefect import flow


@flow
async def crawl(url: str, depth: int = 2): ...
