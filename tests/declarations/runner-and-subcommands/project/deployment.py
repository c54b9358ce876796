import argparse
import asyncio
import os
from datetime import timedelta
from pathlib import Path
from typing import cast
from prefect import flow, serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.runner import Runner
from prefect.schedules import Cron, Interval, Schedule

@flow
def work(top: int = 3, days: int | None = None):
    raise RuntimeError("x")

@flow
def other(top: int = 3): ...

def job_vars() -> dict[str, object]:
    return {"working_dir": os.getenv("FLOW_DIR", "/app"), "env": {"PREFECT_HOME": os.getenv("PREFECT_HOME_X", "/tmp/prefect")}}

def build() -> dict[str, RunnerDeployment]:
    return {
        "a": cast(RunnerDeployment, work.to_deployment(name="protocol", schedule=Schedule(cron="0 10,19 * * *", timezone="Asia/Shanghai"))),
        "b": cast(RunnerDeployment, work.to_deployment(name="limited", work_pool_name=os.getenv("POOL", "local"), concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW), job_variables=job_vars())),
        "c": work.to_deployment("int", schedule=Interval(timedelta(minutes=30)), tags={"monitoring"}, version="1.1"),
        "d": work.to_deployment("mins", schedule=Cron(f"*/{int(os.getenv('X', os.getenv('Y', '5')))} * * * *", timezone=os.getenv("TZ_X", "Asia/Seoul"))),
    }

if __name__ == "__main__":
    try:
        print("starting")
        print(Path(__file__).resolve().parents[0].name)
    except Exception as e:
        print(f"Initial failed: {e}")
    parser = argparse.ArgumentParser(description="x")
    parser.add_argument("--work-pool", default=os.getenv("PREFECT_WORK_POOL", "local"), help="x (default: %(default)s).")
    parser.add_argument("--dry-run", action="store_true")
    sub = parser.add_subparsers(dest="command")
    one = sub.add_parser("one")
    one.add_argument("--n", type=int, default=3)
    args = parser.parse_args()
    deployments = build()
    if args.dry_run:
        raise SystemExit(0)
    deployments.pop("b").apply()
    if args.command is None:
        serve(*deployments.values())
    runner = Runner(name="assets-runner", limit=5)
    runner.add_deployment(other.to_deployment("daily", cron="@daily", tags=["a"], parameters={"top": 20}))
    runner.add_flow(other, name="added", cron="0 0 * * *", parameters={"top": 1})
    runner.start()
