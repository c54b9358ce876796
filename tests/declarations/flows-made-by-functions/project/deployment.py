from prefect import flow
from functools import wraps
import logging

def timed(f):
    @wraps(f)
    def inner(*a, **k):
        return f(*a, **k)
    return inner

@flow
@timed
def timed_flow(a: int, b: str = "x"):
    """Doc of timed."""

def make(n):
    @flow(name=f"made-{n}", flow_run_name="run-{a}")
    def made(a: int = n, *args, **kwargs):
        """Made."""
    return made

pipelines = [make(i) for i in range(2)]
if __name__ == "__main__":
    timed_flow.to_deployment("t").apply()
    for p in pipelines:
        try:
            p.to_deployment(f"d-{p.name}").apply()
        except ValueError as e:
            logging.error("no %s", e)
