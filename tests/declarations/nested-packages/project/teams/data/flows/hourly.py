from prefect import flow

from .. import TEAM


@flow(name=f"{TEAM}-hourly")
def hourly(team: str = TEAM): ...
