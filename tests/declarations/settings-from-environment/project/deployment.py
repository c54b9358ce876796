from prefect import flow
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="APP_")

    stage: str
    replicas: int = 1
    tags: list[str] = Field(default_factory=list)
    image: str = "acme/app"
    token: SecretStr = SecretStr("none")


settings = Settings()


@flow
def app(replicas: int = 1): ...


app.deploy(
    name=f"app-{settings.stage}",
    work_pool_name="docker-pool",
    image=f"{settings.image}:{settings.stage}",
    build=False,
    push=False,
    parameters={"replicas": settings.replicas},
    tags=settings.tags,
)
