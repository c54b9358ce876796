from prefect import flow
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="DEPLOY_", env_file=(".env", "missing.env"), extra="ignore")
    pool: str = "default"
    tag: str = Field(default="latest", alias="IMAGE_TAG")
    replicas: int = 2


@flow
def filed(): ...


settings = Settings()
if __name__ == "__main__":
    filed.deploy(
        name=f"filed-{settings.replicas}",
        work_pool_name=settings.pool,
        image=f"acme/wf:{settings.tag}",
        build=False,
        push=False,
    )
