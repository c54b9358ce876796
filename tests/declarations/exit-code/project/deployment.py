import sys

from prefect import flow


@flow
def before(n: int = 0): ...


def register(kind):
    if kind is None:
        sys.exit(0)
    before.to_deployment(kind).apply()


for kind in ("first", "second", None, "never"):
    register(kind)
