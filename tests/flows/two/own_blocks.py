"""Blocks that the bundle defines itself."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Dict, List, Optional, Union

from prefect import flow
from prefect.blocks.abstract import CredentialsBlock, DatabaseBlock, JobBlock, NotificationBlock
from prefect.blocks.core import Block
from prefect.blocks.fields import SecretDict
from prefect.blocks.notifications import SlackWebhook
from prefect.blocks.system import JSON, Secret
from prefect.filesystems import LocalFileSystem, ReadableFileSystem, WritableDeploymentStorage
from pydantic.v1 import BaseModel, Extra, Field, HttpUrl, SecretBytes, SecretStr, validator

PREFIX = "Storehouse"


class BareTwo(Block):
    host: str
    token: SecretStr


class NamedTwo(CredentialsBlock):
    """
    Where the lake is.

    It has two shores.

    Attributes:
        user: who rows
        password: what the keeper asks for

    Example:
        ```python
        Named.load("lake")
        ```
    """

    _block_type_name = "Lake (north), 10,000 m & more" if False else "Sea (north), 10,000 m"
    _logo_url = "https://example.com/lake.png"
    _documentation_url: Optional[HttpUrl] = "https://example.com"

    user: str = Field(default="ferry", title="The user", description="Who rows.")
    password: Optional[SecretStr] = Field(default=None, description="What is asked.")
    keys: Dict[str, SecretBytes] = {}
    either: Union[str, SecretStr, None] = None
    ports: List[int] = Field(default=[1, 2], min_items=1)

    @validator("user")
    def strip(cls, value: str) -> str:
        return value.strip()

    def get_client(self, *args, **kwargs):
        return None


class AnnotatedTwo(Block):
    """The name of an instance is not that of its class."""

    _block_type_name: Optional[str] = "Not This"
    _description: ClassVar[Optional[str]] = "Said by the class."
    _block_type_slug: ClassVar[str] = "slug_of_two"

    a: int = 1


class BelowTwo(NamedTwo):
    depth: float = Field(default=1.5, gt=0)


class BaseTwo(JobBlock, ABC):
    _block_type_name = f"{PREFIX} Job"

    wait: bool = True

    @abstractmethod
    def more(self) -> Any:
        """More."""


class JobTwo(BaseTwo):
    """A job.

    Note:
        Not to be shown.

    But this is not the first text.
    """

    class Config:
        arbitrary_types_allowed = True
        title = "Working"

    limit: Optional[int] = None

    def more(self) -> Any:
        return None


class ClosedTwo(NotificationBlock):
    """
    Attributes:
        a: the only text is below

    The text.
    """

    class Config:
        extra = Extra.forbid

    a: int

    def notify(self, body: str, subject: Optional[str] = None) -> None:
        pass


class Settings(BaseModel):
    level: int = 1
    names: List[str] = []


class MixedTwo(ReadableFileSystem, WritableDeploymentStorage):
    settings: Settings = Settings()
    many: List[Settings] = []
    maybe: Optional[Settings] = None


class DataTwo(DatabaseBlock):
    _description = ""
    dsn: SecretStr = SecretStr("postgres://")


@flow
def bare(a: BareTwo, b: Optional[BareTwo] = None):
    pass


@flow
def named(a: NamedTwo, b: Union[AnnotatedTwo, BelowTwo, str] = "block"):
    """
    Args:
        a: the lake
    """


@flow
def jobs(a: JobTwo, b: List[ClosedTwo], c: Dict[str, MixedTwo] = {}, d: DataTwo = None):
    pass


class Keys(BaseModel):
    key: SecretStr
    other: Optional[SecretStr] = None


class Deep(Block):
    """Secrets inside."""

    keys: Keys
    many: List[Keys] = []
    by_name: Dict[str, Keys] = {}
    choice: Union[Keys, SecretStr, None] = None
    system: Secret = None
    systems: List[Secret] = []
    either: Union[Secret, JSON, None] = None
    files: Optional[LocalFileSystem] = None
    hook: SlackWebhook = None
    hidden: SecretDict = None


class Explained(Block):
    """In its own words."""

    class Config:
        schema_extra = {"only": "this"}

    a: int


@flow
def deep(a: Deep, b: Explained, c: Optional[Deep] = None):
    pass


@flow
def beside_block(a: BareTwo, b: Optional[int] = None, c: Settings = Settings(level=2), d: str = None):
    pass


@flow
def deeper_only(a: List[List[BareTwo]] = None, b: Optional[int] = None):
    pass
