"""Star imports, and one class name in two modules."""

from common import *
from prefect import flow

import other


@flow
def stars(a: Config, b: Ids = []):
    pass


@flow
def collide(a: Config, b: other.Config):
    pass


