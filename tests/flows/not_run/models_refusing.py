from dataclasses import dataclass

from prefect import flow
from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    a: int = 1
    b: bool = False


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")

    a: int = 1


@dataclass
class Record:
    a: int


@flow
def not_a_number(x: Model = Model(**{"a": "one"})):
    ...


@flow
def half(x: Model = Model(**{"a": 1.5})):
    ...


@flow
def neither_on_nor_off(x: Model = Model(**{"b": 2})):
    ...


@flow
def unknown(x: Strict = Strict(**{"a": 1, "z": 2})):
    ...


@flow
def missing(x: Record = Record(**{})):
    ...


@flow
def twice(x: Model = Model(**{"a": 1}, a=2)):
    ...


@flow
def by_place(x: Model = Model(*[1])):
    ...
