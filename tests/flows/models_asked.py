from prefect import flow
from pydantic import BaseModel, Field


class Config(BaseModel):
    kind: str = "json"
    items: list[str] = Field(default_factory=lambda: ["a", "b"])
    width: int = Field(3, description="How wide.")
    needed: int


def default_of(model, name):
    field = model.model_fields.get(name)
    if field is None:
        return None
    if field.default_factory is not None:
        return field.default_factory()
    return field.default


ITEMS = default_of(Config, "items") or ["none"]


@flow
def read(kind: str = Config.model_fields["kind"].default, width: int = Config.model_fields["width"].default):
    pass


@flow
def by_function(items: list[str] = ITEMS, width: int = default_of(Config, "width"), other=default_of(Config, "no")):
    pass
