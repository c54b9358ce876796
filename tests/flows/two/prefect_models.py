"""Models of Prefect itself, among them blocks."""

from typing import Dict, List, Optional, Union

from prefect import State, flow
from prefect.blocks.core import Block
from prefect.artifacts import Artifact as PrefectArtifact
from prefect.blocks.notifications import (
    CustomWebhookNotificationBlock,
    MattermostWebhook,
    MicrosoftTeamsWebhook,
    OpsgenieWebhook,
    PagerDutyWebHook,
    SendgridEmail,
    SlackWebhook,
    TwilioSMS,
)
from prefect.blocks.system import JSON, DateTime, Secret, String
from prefect.client.schemas.objects import Artifact as Theirs
from prefect.client.schemas.objects import Deployment, Log, StateType, TaskRunResult, WorkPool
from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule, RRuleSchedule
from prefect.events import Event
from prefect.filesystems import GCS, S3, SMB, Azure, GitHub, LocalFileSystem, RemoteFileSystem
from prefect.infrastructure import DockerContainer, Infrastructure, KubernetesJob, Process
from prefect.variables import Variable
from pydantic.v1 import BaseModel


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
def objects(a: WorkPool = None, b: List[State] = [], c: Optional[CronSchedule] = None, d: Variable = None):
    pass


@flow
def system(a: Secret, b: JSON = None, c: String = None, d: Optional[DateTime] = None):
    pass


@flow
def notifying(a: MicrosoftTeamsWebhook, b: PagerDutyWebHook, c: Union[TwilioSMS, OpsgenieWebhook, SendgridEmail, None] = None, d: MattermostWebhook = None, e: CustomWebhookNotificationBlock = None):
    pass


@flow
def stored(a: Azure, b: S3 = None, c: GCS = None, d: SMB = None, e: GitHub = None):
    pass


@flow
def running(a: KubernetesJob, b: DockerContainer = None, c: Process = None, d: Infrastructure = None):
    pass


@flow
def server(a: Deployment, b: List[TaskRunResult] = [], c: WorkPool = None, d: Optional[Log] = None, e: StateType = None):
    pass


@flow
def scheduled(a: CronSchedule, b: Union[IntervalSchedule, RRuleSchedule, None] = None):
    pass


@flow
def event(a: Event, b: State = None):
    pass


class Artifact(BaseModel):
    """Named as one of Prefect."""

    a: int


@flow
def same_names(a: Artifact, b: PrefectArtifact, c: Optional[Theirs] = None):
    pass


@flow
def base(a: BaseModel, b: Optional[Block] = None):
    pass
