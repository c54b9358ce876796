from __future__ import annotations

from typing import Optional

from pydantic import BaseModel

from ..shared import Shared


class Deep(BaseModel):
    shared: Optional[Shared] = None
    wide: Wide


class Wide(BaseModel):
    x: int = 1
