import asyncio
from typing import AsyncGenerator, AsyncIterator, Awaitable, Generator, List

from prefect import flow


@flow
async def main(a: int, b: List[str] = []):
    await asyncio.sleep(0)


@flow
def generator(a: int) -> Generator[int, None, None]:
    yield a


@flow
async def asynchronous_generator(a: int):
    yield a


@flow
def takes(a: Awaitable = None, b: AsyncIterator[int] = None, c: AsyncGenerator[int, None] = None):
    pass
