import os.path
import os.path as osp

import consts
import half
import models
import package_that_is_missing.part
from half import LIMIT
from prefect import flow


@flow
def attributes(c: models.Config, d: int = models.DEFAULT, l: int = consts.LIMIT):
    pass


@flow
def paths(l: int = LIMIT, p: str = os.path.join("a", "b"), q: str = osp.join("a", "b")):
    pass
