"""An import that this pydantic refuses ends its statement."""

from prefect import flow
from pydantic import BaseModel, BaseSettings, Field

LIMIT: int = 3


class Settings(BaseSettings):
    a: int = 1


class Model(BaseModel):
    b: int = Field(2, ge=1)


class Plain(BaseModel):
    b: int = 1


settings = Settings()


@flow
def old(a: int = LIMIT, b: Settings = None, c: Model = None, d: int = settings.a, e: Plain = None):
    pass
