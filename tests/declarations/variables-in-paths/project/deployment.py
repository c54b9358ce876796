"""Variables and the home folder in paths."""
import os
from pathlib import Path

from prefect import flow


@flow
def sync(source: str = "", cache: str = "", target: str = ""):
    """Syncs."""


parameters = {
    "source": os.path.expandvars("/data/$STAGE/${STAGE}-in"),
    "cache": str(Path("~/cache/x").expanduser()),
    "target": os.path.expanduser("~/out"),
}
sync.to_deployment(f"sync-{parameters['source'].count('dev')}", parameters=parameters, work_pool_name="local").apply()
