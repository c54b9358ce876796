from prefect import flow
from pydantic import BaseModel


class Config(BaseModel):
    a: int


@flow
def twice(a: int):
    pass


class Config(BaseModel):
    b: str


@flow
def second(config: Config):
    pass


@flow
def twice(b: str = "x"):
    pass


Size = str


@flow
def after(a: Size):
    pass
