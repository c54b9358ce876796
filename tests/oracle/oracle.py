"""Runs deployment files under the real Prefect of this interpreter, each in a fork of its own.

usage: oracle.py DECLARATIONS FOLDER

DECLARATIONS has one folder per case: `case.toml` and `project/`, and beside them `world.toml`: the blocks and work pools
that the cases name. FOLDER is where the projects are copied to. PREFECT_API_URL is the server that records; ORACLE_SETUP_URL
is the same server without the recorder.

First line written: the cases, as JSON: what each `case.toml` says, and its name. Then, for the line `world` read, the
world is made; for any other line, the case of that name is run. Each is answered with one line: null, or the text of what
went wrong.

A file runs as `python <file>` runs it in its own folder: `__main__`, its folder first on sys.path. Different are:
- the clock stands still at the `now` of the case, and the time zone is UTC;
- the n-th `uuid.uuid4()` of the project's files is uuid5(NAMESPACE_OID, "<bundle>/<file that is run>#<n>"), n from 1;
- storage blocks upload nothing, and what serves returns as soon as it has registered.
"""

import ctypes
import datetime
import gc
import importlib
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import tomllib
import traceback
import types
import uuid
from pathlib import Path

SECONDS = 120  # what is not over by then waits for itself

DEFAULTS = {
    "servers": ["3.9", "2.20"],  # the versions that can run the file
    "bundle-name": "flows",  # the name of the project's folder where it is run
    "env": {},
    "now": "2026-03-02T09:30:00+00:00",
    "incomparable": {},  # fields of a deployment that cannot be compared, each with the reason
    "repositories": [],  # URLs at which Git finds the project
    "replaced": {},  # texts of the file that are others in this Prefect
    "note": "",
}


def cases(declarations: Path) -> list[dict]:
    """What each `case.toml` says, with its name and defaults."""
    found = []
    for path in sorted(declarations.glob("*/case.toml")):
        case = tomllib.loads(path.read_text())
        unknown = case.keys() - DEFAULTS.keys() - {"file"}
        if unknown or not (path.parent / "project" / case["file"]).is_file():
            raise SystemExit(f"{path}: {unknown or case['file']}")
        found.append(DEFAULTS | case | {"name": path.parent.name})
    return found


def make_world(declarations: Path) -> None:
    """Makes the pools and blocks of `world.toml` that this Prefect has classes for."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.actions import WorkPoolCreate
    from prefect.settings import PREFECT_API_URL, temporary_settings

    world = tomllib.loads((declarations / "world.toml").read_text())
    with temporary_settings(updates={PREFECT_API_URL: os.environ["ORACLE_SETUP_URL"]}):
        import asyncio

        async def pools() -> None:
            async with get_client() as client:
                for pool in world["pools"]:
                    await client.create_work_pool(WorkPoolCreate(**pool))

        asyncio.run(pools())
        for block in world["blocks"]:
            module, _, name = block["class"].rpartition(".")
            try:
                found = getattr(importlib.import_module(module), name)
            except Exception:  # the other Prefect has it
                continue
            found(**block["data"]).save(block["name"], overwrite=True)


def stop_the_clock(now: datetime.datetime) -> None:
    """Every way to ask for the time gives `now`; the classes stay what they are, since pydantic looks at them."""
    seconds = now.timestamp()
    time.time = lambda: seconds
    time.time_ns = lambda: int(seconds * 1_000_000_000)
    for name in ("localtime", "gmtime"):
        real = getattr(time, name)
        setattr(time, name, lambda at=None, real=real: real(seconds if at is None else at))
    strftime = time.strftime
    time.strftime = lambda form, at=None: strftime(form, time.localtime() if at is None else at)
    members = gc.get_referents(datetime.datetime.__dict__)[0]
    members["now"] = classmethod(lambda cls, tz=None: cls.fromtimestamp(seconds, tz))
    members["utcnow"] = classmethod(lambda cls: cls.utcfromtimestamp(seconds))
    members["today"] = classmethod(lambda cls: cls.fromtimestamp(seconds))
    members = gc.get_referents(datetime.date.__dict__)[0]
    members["today"] = classmethod(lambda cls: cls.fromtimestamp(seconds))
    for it in (datetime.datetime, datetime.date):
        ctypes.pythonapi.PyType_Modified(ctypes.py_object(it))
    os.environ["TZ"] = "UTC"
    time.tzset()


def count_uuids(root: Path, main: str) -> None:
    """`uuid.uuid4()` in a file below `root` gives the same in each run; elsewhere it is what it was."""
    real = uuid.uuid4
    ordinals = itertools.count(1)

    def uuid4() -> uuid.UUID:
        if not Path(sys._getframe(1).f_code.co_filename).is_relative_to(root):
            return real()
        return uuid.uuid5(uuid.NAMESPACE_OID, f"{root.name}/{main}#{next(ordinals)}")

    uuid.uuid4 = uuid4


def stay_here() -> None:
    """Nothing is uploaded, and nothing is served."""
    from prefect.runner import Runner

    async def start(self, *args, **kwargs):
        return None

    Runner.start = start
    async def put_directory(self, *args, **kwargs):
        return 1

    for name in ("prefect.filesystems", "prefect_azure.blob_storage"):
        module = importlib.import_module(name)
        for found in [getattr(module, it, None) for it in vars(module)]:
            if isinstance(found, type) and "put_directory" in vars(found):
                found.put_directory = put_directory


def make_repository(urls: list[str], project: Path, folder: Path) -> None:
    """A Git repository of the project, which this process's Git takes for the one at each of `urls`."""
    shutil.copytree(project, folder)
    git = ["git", "-C", str(folder), "-c", "user.name=Ada", "-c", "user.email=ada@acme.example"]
    for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-qm", "Begin"], ["branch", "release"]):
        subprocess.run([*git, *words], check=True)
    os.environ["GIT_CONFIG_COUNT"] = str(len(urls))
    for number, url in enumerate(urls):
        os.environ[f"GIT_CONFIG_KEY_{number}"] = f"url.file://{folder}.insteadOf"
        os.environ[f"GIT_CONFIG_VALUE_{number}"] = url


def run(case: dict, declarations: Path, folder: Path) -> None:
    """Runs the file of the case."""
    root = folder / case["name"] / case["bundle-name"]
    shutil.copytree(declarations / case["name"] / "project", root)
    if case["repositories"]:
        make_repository(case["repositories"], root, folder / case["name"] / "repository")
    file = root / case["file"]
    for old, new in case["replaced"].items():  # what this Prefect has elsewhere
        file.write_text(file.read_text().replace(old, new))
    os.chdir(file.parent)
    os.environ.update(case["env"])
    sys.argv = [file.name]
    sys.path.insert(0, str(file.parent))
    sys.dont_write_bytecode = True
    stay_here()
    stop_the_clock(datetime.datetime.fromisoformat(case["now"]))
    count_uuids(root, case["file"])
    main = types.ModuleType("__main__")
    main.__file__ = str(file)
    main.__builtins__ = __builtins__
    sys.modules["__main__"] = main
    exec(compile(file.read_text(), str(file), "exec"), vars(main))


def forked(log: Path, work) -> str | None:
    """Does `work` in a fork, its output in `log`; the text of what it raised."""
    log.parent.mkdir(parents=True, exist_ok=True)
    child = os.fork()
    if child == 0:
        output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for stream in (1, 2):
            os.dup2(output, stream)
        code = 0
        try:
            work()
        except SystemExit as end:
            code = 1 if end.code else 0
        except BaseException:
            traceback.print_exc()
            code = 1
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    end = time.monotonic() + SECONDS
    while (ended := os.waitpid(child, os.WNOHANG)) == (0, 0):
        if time.monotonic() > end:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return f"it did not end within {SECONDS} s\n{log.read_text()[-3000:]}"
        time.sleep(0.01)
    return None if ended[1] == 0 else log.read_text()[-3000:]


def preload() -> None:
    """What most files import: once, before the forks."""
    names = ["prefect", "prefect.deployments", "prefect.filesystems", "prefect.runner", "prefect.runner.storage"]
    names += ["prefect.client.orchestration", "prefect.blocks.system", "prefect.docker", "prefect.infrastructure"]
    names += ["prefect.client.schemas.schedules", "prefect.events", "prefect_azure", "prefect_azure.container_instance"]
    names += ["prefect_azure.blob_storage", "prefect.server.schemas.schedules", "pendulum", "yaml", "zoneinfo"]
    names += ["prefect.deployments.runner", "prefect.docker.docker_image", "prefect.schedules", "pydantic.v1"]
    names += ["pydantic.root_model", "anyio._backends._asyncio", "anyio.streams.tls", "rich._emoji_codes", "asyncio"]
    for name in names:
        try:
            importlib.import_module(name)
        except Exception:  # the other Prefect has it
            continue
    gc.freeze()


def trust_little(folder: Path) -> None:
    """One authority instead of all: each of Prefect's clients reads them anew, and none is met."""
    import certifi

    end = "-----END CERTIFICATE-----\n"
    file = folder / "authority.pem"
    file.write_text(Path(certifi.where()).read_text().partition(end)[0] + end)
    os.environ["PREFECT_API_SSL_CERT_FILE"] = str(file)
    os.environ["SSL_CERT_FILE"] = str(file)


def main() -> None:
    # files of the corpus need 3.11; from 3.13 on, Prefect takes its time from where it cannot be stopped
    if not (3, 11) <= sys.version_info < (3, 13):
        raise SystemExit("the oracle needs Python 3.11 or 3.12")
    declarations, folder = (Path(it).resolve() for it in sys.argv[1:3])
    sys.path.pop(0)
    found = cases(declarations)
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    trust_little(folder)
    preload()
    print(json.dumps(found), file=answers)
    by_name = {case["name"]: case for case in found}
    for line in sys.stdin:
        name = line.strip()
        log = folder / f"{name}.log"
        if name == "world":
            outcome = forked(log, lambda: make_world(declarations))
        else:
            outcome = forked(log, lambda: run(by_name[name], declarations, folder))
        print(json.dumps(outcome), file=answers)


if __name__ == "__main__":
    main()
