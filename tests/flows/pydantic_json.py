from typing import Any, Dict, List, Optional

from prefect import flow
from pydantic import Base64Bytes, Base64Str, BaseModel, ImportString, InstanceOf, Json, JsonValue, SkipValidation, OnErrorOmit
from pydantic import Base64UrlStr, Base64UrlBytes


class Model(BaseModel):
    x: int


@flow
def json(a: Json, b: Json[List[int]], c: Json[Model], d: Optional[Json] = None):
    pass


@flow
def values(a: JsonValue, b: Dict[str, JsonValue] = {}, c: Optional[JsonValue] = None):
    pass


@flow
def encoded(a: Base64Str, b: Base64Bytes, c: Base64UrlStr, d: Base64UrlBytes):
    pass


@flow
def imported(a: ImportString, b: ImportString = "math.cos"):
    pass


@flow
def wrappers(a: SkipValidation[int], b: List[OnErrorOmit[int]]):
    pass


@flow
def instances(a: InstanceOf[Model]):
    pass
