from enum import Enum, Flag, IntEnum, auto


class Source(str, Enum):
    API = "api"
    DB = "db"

    @classmethod
    def default(cls):
        return cls.API

    def __str__(self):
        return self.value


class Prio(IntEnum):
    LOW = auto()
    HIGH = auto()


class Num(Enum):
    A = (1, "a")
    B = (2, "b")

    def __init__(self, n, s):
        self.n = n
        self.s = s


class Mixed(Enum):
    X = 1
    Y = "y"
    Z = None


ALL = [s.value for s in Source]
