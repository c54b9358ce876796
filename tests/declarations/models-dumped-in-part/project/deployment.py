"""What a model was given, what differs from its defaults, and what it computes."""
from typing import Any, Optional

from prefect import flow
from pydantic import BaseModel, Field, computed_field


class Source(BaseModel):
    url: str = "https://example.com"
    token: Optional[str] = None


class Plan(BaseModel):
    name: str
    cron: Optional[str] = None
    tags: list[str] = Field(default_factory=list)
    description: Optional[str] = None
    source: Source = Source()

    @computed_field
    @property
    def work_pool_name(self) -> str:
        return "local" if self.name else "default"


@flow
def collect(source: Any = None, count: int = 1, told: list = []):
    """Collects."""


plans = [
    Plan(name="plain"),
    Plan(name="nightly", cron="15 1 * * *", tags=["night"]),
    Plan(name="nested", source={"token": "t"}, description=None),
]
for plan in plans:
    parameters = {
        "source": plan.source.model_dump(exclude_defaults=True),
        "count": len(plan.model_fields_set),
        "told": sorted(plan.model_dump(exclude_unset=True)),
    }
    given = plan.model_dump(exclude_unset=True, exclude={"source": True})
    collect.to_deployment(**given, parameters=parameters).apply()

changed = plans[0].model_copy(update={"name": "copied"})
changed.tags = ["set", "later"]
fields = changed.model_dump(exclude_unset=True, exclude={"work_pool_name"})
collect.to_deployment(
    **fields,
    work_pool_name="local",
    parameters=changed.model_dump(include={"source"}, exclude_none=True),
).apply()
