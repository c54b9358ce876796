from __future__ import annotations
import sys, os, json, re, subprocess, socket, getpass, platform, uuid, random, hashlib
from collections import namedtuple, OrderedDict
from datetime import date, datetime, timedelta
from itertools import chain, product
from types import SimpleNamespace
from typing import NamedTuple, TypedDict, Literal, Final
from prefect import flow

class Conf(TypedDict, total=False):
    name: str
    cron: str

class P(NamedTuple):
    name: str
    every: int = 60

NAME: Final = "misc"
try:
    sha = subprocess.check_output(["git", "rev-parse", "HEAD"]).decode().strip()
except Exception:
    sha = "unknown"
host = socket.gethostname()
user = getpass.getuser()

@flow
def misc(day: date = date(2024, 1, 1)): ...

ENVS: dict[str, Conf] = {"dev": {"name": "d", "cron": "0 0 * * *"}, "prod": Conf(name="p", cron="0 1 * * *")}
match os.environ.get("STAGE", "dev"):
    case "dev" | "test" as stage:
        conf = ENVS["dev"]
    case "prod" as stage:
        conf = ENVS["prod"]
    case other:
        raise ValueError(other)
if "--serve" in sys.argv:
    misc.serve(name="x")
elif len(sys.argv) > 1 and (m := re.fullmatch(r"(\w+)", sys.argv[1])):
    print(m.group(1))
else:
    for p, (k, c) in product([P("a"), P(name="b", every=90)], ENVS.items()):
        misc.to_deployment(
            name=f"{p.name}-{k}-{c['name']!s:>3}".replace(" ", "_"),
            interval=p.every, tags=sorted({k, stage, *("x y".split())}, reverse=True),
            parameters={"day": str(date(2024, 1, 31) + timedelta(days=p.every))},
            description="\n".join(f"{n:02d}. {v}" for n, v in enumerate(chain([p.name], p._asdict().values()), start=1)),
        ).apply()
lim = os.cpu_count() or 1
print(f"{lim=}", host, user, sha)
