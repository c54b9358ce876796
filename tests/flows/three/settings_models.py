"""Settings of pydantic, which come with Prefect 3."""

from prefect import flow
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where it runs."""

    host: str = "localhost"
    port: int = Field(5, description="the port")
    key: SecretStr = SecretStr("x")


class Lenient(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="APP_", env_file=".env", extra="ignore")

    host: str = "localhost"


class Child(Lenient):
    more: int = 3


settings = Settings()


@flow
def whole(s: Settings = Settings(), host: str = settings.host, port: int = settings.port):
    pass


@flow
def others(a: Lenient = None, b: Child = None):
    pass
