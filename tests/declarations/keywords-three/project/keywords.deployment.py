import prefect
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy


@prefect.flow(name="Everything", version="0.0.1", description="from the decorator")
def everything(a: int, b: str = "b", *, c: bool = False):
    """Not shown."""


everything.deploy(
    "all keywords",
    work_pool_name="aks",
    work_queue_name="urgent",
    image="acme/all:1",
    build=False,
    push=False,
    job_variables={"namespace": "x", "env": {"A": "1"}},
    cron=["0 1 * * *", "0 2 * * *"],
    paused=True,
    parameters={"a": 1, "c": True},
    description="from the call",
    tags=["b", "a", "b"],
    version="9.9",
    enforce_parameter_schema=True,
    concurrency_limit=ConcurrencyLimitConfig(limit=3, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
    ignore_warnings=True,
)
everything.deploy(
    name="limit.py",
    work_pool_name="aks",
    image="acme/all:1",
    build=False,
    push=False,
    interval=[60, 3600],
    concurrency_limit=2,
)
