"""Settings that are checked and changed by what their annotations say."""
from typing import Annotated, Optional

from prefect import flow
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    PlainValidator,
    StringConstraints,
    ValidationError,
)


def split(value):
    return value.split(",") if isinstance(value, str) else value


def positive(value: int) -> int:
    if value < 0:
        raise ValueError("must not be negative")
    return value


Upper = Annotated[str, AfterValidator(str.upper)]
Words = Annotated[list[str], BeforeValidator(split)]


class Settings(BaseModel):
    name: Annotated[str, AfterValidator(str.strip), AfterValidator(lambda it: f"<{it}>")]
    words: Annotated[list[str], BeforeValidator(split)] = []
    more: Words = []
    region: Upper = "eu"
    stage: Optional[Upper] = None
    count: Annotated[int, Field(ge=0), AfterValidator(positive)] = 1
    slug: Annotated[str, StringConstraints(strip_whitespace=True, to_lower=True)] = "x"
    plain: Annotated[int, PlainValidator(lambda it: f"{it}!")] = 0
    order: Annotated[
        str,
        BeforeValidator(lambda it: it + "1"),
        AfterValidator(lambda it: it + "2"),
        BeforeValidator(lambda it: it + "3"),
        AfterValidator(lambda it: it + "4"),
    ] = ""


settings = Settings(
    name=" daily ",
    words="a,b",
    more="c,d",
    region="us",
    stage="prod",
    count="5",
    slug="  Daily Report ",
    plain=3,
    order="0",
)
try:
    count = Settings(name="x", count=-1).count
except ValidationError:
    count = "refused"


@flow
def daily(day: str = "today"):
    """Every day."""


daily.to_deployment(
    name=settings.name.strip("<>"),
    tags=[settings.name, *settings.words, *settings.more, settings.region, settings.stage,
          settings.slug, settings.plain, settings.order, str(settings.count + 1), str(count),
          Settings(name="y").region],
    work_pool_name="local",
).apply()
