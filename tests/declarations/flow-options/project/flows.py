from datetime import timedelta

from hooks import Keyed, notify
from prefect import flow, task, unmapped
from prefect.task_runners import ConcurrentTaskRunner as Runner
from prefect.tasks import task_input_hash


@task(cache_key_fn=task_input_hash, cache_expiration=timedelta(days=1), tags=["io"], retries=2)
def one(n, *, other=None):
    return n


@task(cache_key_fn=Keyed.key)
def two(n): ...


@flow(
    name="options",
    version="12",
    retries=1,
    retry_delay_seconds=30,
    task_runner=Runner(),
    on_failure=[notify],
    on_completion=[notify],
    timeout_seconds=0.5,
    log_prints=None,
)
def with_options(items: list[int] = [1, 2, 3], *, mapped: bool = True) -> list:
    """Has every option.

    Returns:
        what `one` gives
    """
    return [it.result() for it in one.map(items, other=unmapped(mapped))]


@flow
def parent(depth: int = 0):
    with_options()
    if depth:
        parent(depth - 1)
