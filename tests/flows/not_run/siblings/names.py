"""What comes from a module that cannot be imported is not known."""

from consts import LIMIT
from models import DEFAULT, Config, Env
from prefect import flow


@flow
def types(c: Config, e: Env = Env.prod, d: int = DEFAULT, l: int = LIMIT):
    pass


@flow
def instances(c: Config = Config(a=3), l: int = LIMIT):
    pass
