"""Models of Prefect itself, among them blocks."""

from typing import Dict, List, Optional, Union

from prefect import State, flow
from prefect.blocks.core import Block
from prefect.blocks.notifications import SlackWebhook
from prefect.blocks.system import Secret
from prefect.client.schemas.objects import FlowRun
from prefect.client.schemas.schedules import CronSchedule
from prefect.filesystems import LocalFileSystem, RemoteFileSystem
from prefect.variables import Variable


@flow
def secret(s: Secret):
    pass


@flow
def optional(s: Optional[Secret] = None, l: LocalFileSystem = None):
    pass


@flow
def nested(a: List[RemoteFileSystem], b: Dict[str, Union[SlackWebhook, Block]] = {}):
    pass


@flow
def objects(a: FlowRun = None, b: List[State] = [], c: Optional[CronSchedule] = None, d: Variable = None):
    pass
