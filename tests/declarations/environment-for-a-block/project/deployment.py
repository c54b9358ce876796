import os
from contextlib import contextmanager
from prefect import flow, tags
from prefect.settings import PREFECT_LOGGING_LEVEL, temporary_settings
from prefect.variables import Variable
from prefect.blocks.system import Secret
import warnings
warnings.filterwarnings("ignore")

@flow
def c(): ...

@contextmanager
def env(**kw):
    old = {k: os.environ.get(k) for k in kw}
    os.environ.update(kw)
    try:
        yield
    finally:
        for k, v in old.items():
            if v is None:
                os.environ.pop(k, None)
            else:
                os.environ[k] = v

with env(A="1", B="2"), temporary_settings({PREFECT_LOGGING_LEVEL: "ERROR"}):
    c.to_deployment("x", tags=[os.environ["A"], os.getenv("B", "no")]).apply()
with tags("a", "b"):
    c.to_deployment("y", tags=[os.environ.get("A", "gone")]).apply()
try:
    team = os.environ["TEAM"]
except KeyError:
    team = "nobody"
c.to_deployment(f"of-{team}").apply()
