from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, InitVar, astuple, dataclass, field, fields
from typing import Annotated, Generic, Literal, NewType, ParamSpec, TypeAlias, TypeVar, overload

from prefect import flow
from pydantic import Field

P = ParamSpec("P")
T = TypeVar("T", bound="Spec")
Name = NewType("Name", str)
Stage: TypeAlias = Literal["dev", "prod"]
Positive = Annotated[int, Field(gt=0)]


@dataclass(order=True, slots=True)
class Spec:
    priority: int
    name: Name = field(compare=False)
    _: KW_ONLY
    stage: Stage = field(default="dev", compare=False)
    suffix: InitVar[str | None] = None
    full: str = field(init=False, compare=False, default="")

    def __post_init__(self, suffix):
        self.full = f"{self.name}-{self.stage}{suffix or ''}"


class Group(Generic[T]):
    def __init__(self, *specs: T) -> None:
        self.specs: Sequence[T] = specs

    def __iter__(self) -> Iterator[T]:
        return iter(sorted(self.specs, reverse=True))


@overload
def options(spec: Spec) -> Mapping[str, str]: ...
@overload
def options(spec: None) -> None: ...
def options(spec):
    return None if spec is None else {"version": str(spec.priority), "description": spec.full}


@flow
def modern(batch: Positive = 10, stage: Stage = "dev", names: Sequence[str] | None = None, by: Mapping[str, int] = {}): ...


group: Group[Spec] = Group(Spec(1, Name("a")), Spec(3, Name("c"), stage="prod", suffix="!"), Spec(2, Name("b")))
for spec in group:
    modern.to_deployment(
        spec.name,
        tags=[it.name for it in fields(spec)] + [str(astuple(spec)[0]), repr(spec)],
        parameters={"batch": spec.priority * 1_0, "stage": spec.stage},
        **options(spec),
    ).apply()
