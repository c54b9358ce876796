"""A table of a TOML file as settings, whose entries become models."""
import tomllib
from pathlib import Path
from typing import Any

from prefect import flow, serve
from pydantic import BaseModel
from pydantic_settings import BaseSettings, SettingsConfigDict


class Job(BaseModel):
    cron: str | None = None
    parameters: dict[str, Any] | None = None


class Team(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="TEAM_")

    region: str = "south"
    retries: int = 1
    jobs: dict[str, Job] = {}


@flow
def run(size: int = 1):
    """Runs."""


if __name__ == "__main__":
    table = tomllib.loads(Path("jobs.toml").read_text())
    team = Team.model_validate(table)
    serve(
        *[
            run.to_deployment(f"{name}-{team.region}", tags=[str(team.retries + 1)], **job.model_dump())
            for name, job in team.jobs.items()
        ]
    )
