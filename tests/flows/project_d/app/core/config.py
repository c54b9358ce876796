import os
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, Field


class DBConfig(BaseModel):
    host: str = Field(default_factory=lambda: os.getenv("DB_HOST_NOPE", "localhost"))
    port: int = int(os.getenv("DB_PORT_NOPE", "5432"))
    url: str = ""

    def model_post_init(self, ctx):
        self.url = f"pg://{self.host}:{self.port}"


class Settings:
    def __init__(self, env="dev"):
        self.env = env
        self.debug = env == "dev"
        self.bucket = f"bucket-{env}"
        self.paths = {"raw": "data/raw", "out": "data/out"}
        self.schemas = [f"s{i}" for i in range(2)]

    @property
    def table(self):
        return f"{self.env}_table"

    def get(self, k, d=None):
        return getattr(self, k, d)


@lru_cache
def get_settings():
    return Settings(os.getenv("ENV_NOPE", "dev"))


settings = get_settings()
CONFIG = {"batch": {"size": 100, "names": ["a", "b"]}, "flag": True}


class C:
    BATCH = 10

    class Inner:
        DEEP = "deep"

    MAP = {"k": "v"}


def load():
    return {"x": [1, 2, {"y": 3}]}


LOADED = load()
first, *rest = [1, 2, 3]
a = b = 7
COUNT = 0
COUNT += 5
for _i in range(3):
    LAST = _i
with open(__file__) as _f:
    pass
if settings.debug:
    MODE = "debug"
else:
    MODE = "prod"
try:
    NUM = int("x")
except ValueError:
    NUM = -1
REG = {}


def register(name):
    def deco(f):
        REG[name] = f
        return f

    return deco


@register("one")
def one():
    pass


NAMES = sorted(REG)
