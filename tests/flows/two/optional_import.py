"""pydantic 1, as files that are to run with both import it."""

from __future__ import annotations

from typing import Dict, List, Optional

from prefect import flow

try:
    from pydantic.v1 import BaseModel, Field, SecretStr
except ImportError:
    from pydantic import BaseModel, Field, SecretStr


class Inner(BaseModel):
    a: int = Field(1, ge=0, description="One.")
    token: Optional[SecretStr] = None


class Outer(BaseModel):
    inner: Inner
    more: List[Inner] = []
    own: Optional[Outer] = None


@flow
def tried(a: Inner, b: Optional[Outer] = None, c: Dict[str, Inner] = {}):
    pass


@flow
def not_one(a: int = None, b: Optional[str] = None):
    pass
