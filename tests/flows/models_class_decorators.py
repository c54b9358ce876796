"""Decorators of models that leave them as they are."""

from prefect import flow
from pydantic import BaseModel

REGISTERED = {}


def with_positions(cls):
    cls.model_rebuild()
    for i, (name, field) in enumerate(cls.model_fields.items()):
        extra = dict(field.json_schema_extra or {})
        extra["position"] = i
        field.json_schema_extra = extra
    return cls


def registered(name):
    def decorate(cls):
        REGISTERED[name] = cls
        return cls

    return decorate


@with_positions
class Positioned(BaseModel):
    a: int = 1


@registered("n")
class Registered(BaseModel):
    b: str


@flow
def decorated_models(m: Positioned, n: Registered, o: Positioned = Positioned(a=2)):
    pass
