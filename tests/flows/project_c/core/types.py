from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    A = "a"
    B = "b"


@dataclass
class Record:
    id: int
    kind: Kind = Kind.B
