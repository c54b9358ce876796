import os.path as osp

from . import constants
from .constants import PREFIX as _PREFIX

DEFAULT_QUEUE = constants.QUEUES["default"]
TAGS = [osp.basename(osp.dirname(__file__)), __name__]
_hidden = "not exported"


def name_of(flow):
    return f"{_PREFIX}/{flow.name}".replace("/", "-")
