from enum import Enum
from typing import Optional
from prefect import flow


class A(Enum):
    def __init__(self, n: int, s: str) -> None:
        self._value_ = self.name

    X = 1, "a"
    Y = 2, "b"


class A2(Enum):
    X = 1, "a"
    Y = 2, "b"

    def __init__(self, n: int, s: str) -> None:
        self.n = n
        self.s = s


class A3(Enum):
    X = 1, "a"
    Y = 2, "b"

    def __init__(self, n: int, s: str) -> None:
        self._value_ = s
        self.n = n


class B(str, Enum):
    P = "norm", "Long"
    Q = "other", "Longer"

    def __new__(cls, value, long):
        obj = str.__new__(cls, value)
        obj._value_ = value
        obj.long = long
        return obj


class D(Enum):
    ONE = 1
    TWO = 2

    def __new__(cls, n):
        obj = object.__new__(cls)
        obj._value_ = n * 10
        return obj


class E(Enum):
    ONE = 1
    TWO = 2

    def __new__(cls, n):
        obj = object.__new__(cls)
        obj._value_ = len(cls.__members__) + 1
        return obj


class F(int, Enum):
    ONE = 1, "x"

    def __new__(cls, n, label):
        obj = int.__new__(cls, n)
        obj._value_ = n
        obj.label = label
        return obj


class A4(str, Enum):
    X = "x"
    Y = "y"

    def __init__(self, s):
        self.label = s.upper()


@flow
def a(x: A = A.X, y: A = A.Y.value):
    pass


@flow
def a2(x: A2 = A2.X):
    pass


@flow
def a3(x: A3 = A3.X, y: list[A3] = [A3.X, A3.Y], z: str = A3.Y.s):
    pass


@flow
def a4(x: A4 = A4.X):
    pass


@flow
def b(x: B = B.P, s: str = B.P.value, l: str = B.P.long):
    pass


@flow
def d(x: D = D.ONE, y: Optional[D] = D.TWO):
    pass


@flow
def e(x: E = E.TWO):
    pass


@flow
def f(x: F = F.ONE):
    pass
