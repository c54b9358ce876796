from dataclasses import dataclass, field
from enum import Enum


class Queue(str, Enum):
    FAST = "fast"
    SLOW = "slow"


@dataclass
class Setting:
    suffix: str
    queue: Queue = Queue.SLOW
    tags: list = field(default_factory=list)
    cron: str | None = None


SETTINGS = [
    Setting("dev", tags=["dev"]),
    Setting("prod", Queue.FAST, cron="0 5 * * *"),
]
