from typing import Any

from prefect import flow
from pydantic import BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import core_schema


class Replaced(BaseModel):
    x: int

    @classmethod
    def model_json_schema(cls, *args, **kwargs):
        return {"type": "string"}


class Changed(BaseModel):
    x: int

    @classmethod
    def __get_pydantic_json_schema__(cls, core, handler: GetJsonSchemaHandler):
        schema = handler(core)
        schema = handler.resolve_ref_schema(schema)
        schema["examples"] = [1]
        return schema


class Custom:
    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler):
        return core_schema.int_schema()


@flow
def replaced(a: Replaced):
    pass
