from abc import ABC, abstractmethod
from dataclasses import asdict, dataclass, field, replace
from enum import Enum, IntEnum, StrEnum, auto
from typing import ClassVar, NamedTuple, TypedDict

from prefect import flow


class Size(IntEnum):
    SMALL = 1
    LARGE = 4


class Zone(StrEnum):
    NORTH = auto()
    SOUTH = auto()


class Level(Enum):
    LOW = auto()
    HIGH = auto()

    @property
    def label(self):
        return f"{self.name.lower()}:{self.value}"


class Point(NamedTuple):
    x: int
    y: int = 7


class Options(TypedDict, total=False):
    dry: bool
    level: str


@dataclass(frozen=True)
class Resources:
    cpu: int = 1
    memory: str = "1Gi"
    labels: dict[str, str] = field(default_factory=dict)

    def env(self) -> dict:
        return {"CPU": str(self.cpu), **self.labels}


class Job(ABC):
    queue: ClassVar[str] = "jobs"
    made = 0

    def __init__(self, name: str, resources: Resources | None = None):
        self._name = name
        self.resources = resources or Resources()
        Job.made += 1

    @abstractmethod
    def parameters(self) -> dict: ...

    @property
    def name(self) -> str:
        return f"{self.prefix()}-{self._name}"

    @classmethod
    def small(cls, name):
        return cls(name, Resources(cpu=Size.SMALL))

    @staticmethod
    def prefix():
        return "job"

    def __repr__(self):
        return f"<{type(self).__name__} {self.name}>"


class Load(Job):
    def __init__(self, name, zone: Zone, **kwargs):
        super().__init__(name, **kwargs)
        self.zone = zone

    def parameters(self):
        point = Point(self.resources.cpu)
        options: Options = {"dry": False, "level": Level.HIGH.label}
        return {"zone": self.zone, "at": [*point], "x": point._replace(x=9).x, "options": options}


class Clean(Job):
    queue = "cleaning"

    def parameters(self):
        return {"zone": str(Zone("south")), "at": [len(Level), Size["LARGE"].value], "options": asdict(self.resources)}

    @classmethod
    def prefix(cls):
        return super().prefix() + "-" + cls.__name__.lower()


@flow
def run(zone: Zone = Zone.NORTH, at: list[int] = [], x: int = 0, options: dict = {}): ...


big = replace(Resources(labels={"TEAM": "a"}), cpu=Size.LARGE * 2)

for job in [Load("orders", Zone.NORTH, resources=big), Clean.small("tmp"), Load("stock", zone=Zone.SOUTH)]:
    run.deploy(
        name=job.name,
        work_pool_name="docker-pool",
        work_queue_name=job.queue,
        image="acme/jobs:1",
        build=False,
        push=False,
        parameters=job.parameters(),
        job_variables={"env": job.resources.env()},
        tags=[repr(job), *(zone.value for zone in Zone), str(isinstance(job, Load)), f"made-{Job.made}"],
    )
