"""Every flow of a package, where it is defined."""
import asyncio
import importlib
import inspect
import pkgutil
from pathlib import Path

from prefect import Flow

import flows as package


def discover():
    names = pkgutil.walk_packages(package.__path__, prefix=package.__name__ + ".")
    for info in sorted(names, key=lambda it: it.name):
        if info.ispkg:
            continue
        module = importlib.import_module(info.name)
        for name, member in inspect.getmembers(module, lambda it: isinstance(it, Flow)):
            if member.__module__ == module.__name__:
                yield name, member


def again(name):
    module = __import__(name, fromlist=["beta"])
    whole = __import__(name)
    return module.beta, whole.__name__


async def handled(it):
    return await it if inspect.isawaitable(it) else it


async def main():
    for name, member in discover():
        file = Path(member.fn.__code__.co_filename).name
        deployment = await handled(
            member.to_deployment(
                name=f"{name}-auto",
                tags=[file, member.fn.__code__.co_name, member.__qualname__, member.__module__],
                work_pool_name="local",
            )
        )
        await handled(deployment.apply())
    beta, name = again("flows.b")
    deployment = await handled(beta.to_deployment(name=f"of-{name}", work_pool_name="local"))
    await handled(deployment.apply())


if __name__ == "__main__":
    asyncio.run(main())
