"""Variables of the environment that begin alike."""
import os

from prefect import flow


@flow
def ship(options: dict = {}):
    """Ships."""


options = {
    name.removeprefix("ACME_").lower(): value
    for name, value in os.environ.items()
    if name.startswith("ACME_")
}
names = sorted(name for name in os.environ.keys() if name.startswith("ACME_"))
ship.to_deployment("ship", parameters={"options": options}, tags=names, work_pool_name="local").apply()
