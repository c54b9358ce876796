from enum import Enum, IntEnum, StrEnum

from prefect import flow

Color = Enum("Color", ["RED", "GREEN"])
Mode = Enum("Mode", "FAST SLOW")
Kind = Enum("Kind", {"A": "a", "B": "b"})
Rank = IntEnum("Rank", "LOW HIGH", start=5)
Word = StrEnum("Word", ["ONE", "TWO"])
Typed = Enum("Typed", [("X", "x"), ("Y", "y")], type=str)
Renamed = Enum("Other", ["A"])


@flow
def lists(a: Color, b: Mode = Mode.FAST):
    pass


@flow
def dicts(a: Kind = Kind.B, b: Rank = Rank.LOW):
    pass


@flow
def texts(a: Word = Word.ONE, b: Typed = Typed.Y, c: Renamed = Renamed.A):
    pass
