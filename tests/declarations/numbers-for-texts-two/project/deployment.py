"""Prefect 2 writes numbers and truths as texts, and what it does not know ends a call."""
from prefect import flow
from prefect.deployments import Deployment


@flow
def count():
    """Counts."""


DEBUG = False
Deployment.build_from_flow(flow=count, name="built", tags=["a", 1, 2.5, DEBUG], version=3, apply=True)
count.to_deployment("made", tags=(True, 3), work_pool_name="local").apply()
for extra in ({}, {"work_queue": "typo"}):
    try:
        Deployment.build_from_flow(flow=count, name=f"extra-{len(extra)}", **extra).apply()
    except ValueError as error:
        print(error)
