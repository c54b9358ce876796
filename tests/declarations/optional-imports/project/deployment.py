from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional, cast

try:
    import tomllib
except ImportError:
    import tomli as tomllib

try:
    from acme_internal.schedules import business_days
except ImportError:
    business_days = None

try:
    import not_installed_anywhere as speedups

    HAS_SPEEDUPS = True
except ModuleNotFoundError:
    HAS_SPEEDUPS = False

from prefect import flow

if TYPE_CHECKING:
    from pandas import DataFrame

    from prefect.deployments.runner import RunnerDeployment


@flow
def frame(rows: int = 10, name: Optional[str] = None) -> Any: ...


def build(name: str) -> RunnerDeployment:
    deployment = frame.to_deployment(name, cron=business_days or "0 6 * * 1-5")
    return cast("RunnerDeployment", deployment)


settings = tomllib.loads('[deploy]\nrows = 5\nnames = ["a", "b"]')
for name in cast(list, settings["deploy"]["names"]):
    it = build(name)
    it.parameters = {"rows": settings["deploy"]["rows"], "name": None}
    it.tags = ["fast" if HAS_SPEEDUPS else "slow"]
    it.apply()
