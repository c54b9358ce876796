from typing import Annotated

from prefect import flow
from pydantic import AliasChoices, Field, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="APP_")

    stage: str = "dev"
    region: str = "North Europe"
    labels: Annotated[list[str], NoDecode] = Field(
        default=[], validation_alias=AliasChoices("APP_LABELS", "LABELS")
    )
    title: str = ""
    pool: str = ""

    @field_validator("stage", "region", mode="before")
    @classmethod
    def lowered(cls, value):
        return value.lower().replace(" ", "-")

    @field_validator("labels", mode="before")
    @classmethod
    def split(cls, value):
        return [it.strip() for it in value.split(",")] if isinstance(value, str) else value

    @model_validator(mode="after")
    def titled(self):
        self.title = f"{self.stage} in {self.region}"
        return self

    def model_post_init(self, context):
        self.pool = self.pool or "docker-pool"


settings = Settings()


@flow
def app(): ...


app.deploy(
    name=f"app-{settings.stage}",
    description=settings.title,
    work_pool_name=settings.pool,
    image="acme/app:1",
    build=False,
    push=False,
    tags=settings.labels,
)
