try:
    from .helpers import label
except ImportError:
    from helpers import label

from prefect import flow


@flow(name=label("a"))
def flow_a(n: int = 1): ...
