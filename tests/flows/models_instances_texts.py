"""Texts of models that pydantic strips or changes the case of."""

from typing import Annotated, Optional, Union

from prefect import flow
from pydantic import BaseModel, StringConstraints, constr


class Source(BaseModel):
    kind: Annotated[str, StringConstraints(min_length=1, pattern="^[A-Za-z]+$", to_lower=True)]
    name: Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True)] = " n "
    code: constr(strip_whitespace=True, max_length=5) = "c"
    more: Optional[Annotated[str, StringConstraints(strip_whitespace=True)]] = None
    maybe: Annotated[Optional[str], StringConstraints(to_lower=True)] = None
    items: list[constr(to_lower=True)] = ["A"]
    plain: Annotated[str, StringConstraints(to_lower=False)] = "P"


@flow
def texts(
    a: Source = Source(kind="a"),
    b: Source = Source(kind="ABC", name=" straße ", code=" x ", more=" m "),
    c: Source = Source(kind="a", maybe="M", items=["X", "y"], plain="Q"),
    d: Source = Source(kind="a", name="", maybe=None),
):
    pass
