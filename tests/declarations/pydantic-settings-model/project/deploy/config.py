from typing import Literal

from pydantic import BaseModel, Field, field_validator


class Database(BaseModel):
    host: str = "db.internal"
    port: int = 5432


class Deployed(BaseModel):
    name: str
    cron: str | None = None
    tags: list[str] = Field(default_factory=list)
    stage: Literal["dev", "prod"] = "dev"
    database: Database = Database()

    @property
    def full_name(self) -> str:
        return f"{self.name}-{self.stage}"

    @field_validator("name")
    @classmethod
    def no_spaces(cls, value: str) -> str:
        if " " in value:
            raise ValueError("no spaces")
        return value
