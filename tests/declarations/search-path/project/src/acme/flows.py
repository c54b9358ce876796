from prefect import flow

from acme import VERSION


@flow(version=VERSION)
def nightly(day: str = "today"): ...
