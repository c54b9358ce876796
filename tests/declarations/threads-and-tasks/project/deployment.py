import asyncio, threading, functools, operator, atexit
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from enum import StrEnum, auto
from pydantic import BaseModel, Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from prefect import flow

class Env(StrEnum):
    DEV = auto()
    PROD = auto()

class Cfg(BaseModel):
    name: str
    every: int = Field(default=60, ge=1)
    tags: list[str] = Field(default_factory=list)
    env: Env = Env.DEV

    @field_validator("name")
    @classmethod
    def slug(cls, v: str) -> str:
        return v.lower().replace(" ", "-")

class S(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="DEP_", env_file=".env", extra="ignore")
    pool: str = "local"
    debug: bool = False

s = S()

@flow
def t(n: int = 1, env: str = "x"): ...

def put(c: Cfg):
    return t.to_deployment(c.name, interval=c.every, tags=[*c.tags, c.env], work_pool_name=s.pool, parameters={"env": c.env.value}).apply()

cfgs = [Cfg(name="My One"), Cfg.model_validate({"name": "Two", "every": 30, "tags": ["b"], "env": "prod"})]
with ThreadPoolExecutor(max_workers=2) as pool:
    ids = list(pool.map(put, cfgs))
    futs = {pool.submit(put, Cfg(name=f"f{i}")): i for i in range(2)}
    for fut in as_completed(futs):
        print(futs[fut], fut.result())

th = [threading.Thread(target=put, args=(Cfg(name=f"t{i}"),), daemon=True) for i in range(2)]
for x in th: x.start()
for x in th: x.join()

mk = functools.partial(t.to_deployment, work_pool_name="local", tags=["p"])
mk("partial").apply()

async def main():
    async with asyncio.TaskGroup() as tg:
        a = tg.create_task(aput("g1"))
        b = tg.create_task(aput("g2"))
    print(a.result(), b.result())
    r = await asyncio.gather(*(aput(f"h{i}") for i in range(2)), return_exceptions=True)
    for done in asyncio.as_completed([aput("c1")]):
        print(await done)

async def aput(name):
    d = await t.to_deployment(name)
    return await d.apply()

asyncio.run(main())
