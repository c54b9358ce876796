from typing import Literal

from prefect import flow


@flow(name="sync repositories")
def sync(mode: Literal["full", "delta"] = "delta", batch: int = 50):
    """Syncs.

    Args:
        mode: how much
    """
