import time, os
from datetime import timedelta
from prefect import flow, task, get_run_logger, serve
from prefect.cache_policies import INPUTS
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.tasks import task_input_hash

@task(retries=3, cache_key_fn=task_input_hash, cache_expiration=timedelta(days=1))
def one(n): return n

@flow(task_runner=ThreadPoolTaskRunner(max_workers=3), retries=2, retry_delay_seconds=[1, 2], timeout_seconds=10, log_prints=True, persist_result=False)
def pipeline(n: int = 1, names: list[str] = ["a"], opts: dict | None = None):
    logger = get_run_logger()
    for i in range(n):
        one.submit(i)

@flow
def broken():
    raise ValueError("no")

if __name__ == "__main__":
    start = time.time()
    if os.environ.get("RUN_NOW"):
        pipeline()
    try:
        broken()
        print("ok")
    except Exception as e:
        print(f"initial run failed: {e}")
    deployments = []
    for n, cron in zip(range(2), ["0 1 * * *", "0 2 * * *"], strict=True):
        deployments.append(pipeline.to_deployment(name=f"p{n}", cron=cron, parameters={"n": n, "names": [x for x in "ab"]}))
    serve(*deployments, pause_on_shutdown=False, limit=4)
    print(f"{time.time() - start:.1f}s")
