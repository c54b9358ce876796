from datetime import datetime
from typing import Annotated, Literal, Optional

from pydantic import BaseModel, Field


class Source(BaseModel):
    """Where it comes from."""

    url: str = Field(description="address", examples=["https://a.example"])
    kind: Literal["http", "ftp"] = "http"
    since: Optional[datetime] = None


class Job(BaseModel):
    sources: list[Source]
    retries: Annotated[int, Field(ge=0, le=5)] = 3
