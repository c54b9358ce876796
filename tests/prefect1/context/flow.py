import prefect
from prefect import Flow, task
from prefect.engine import signals
from prefect.utilities.logging import get_logger

log = get_logger("module")


@task
def check(limit):
    logger = prefect.context["logger"]
    logger.info("run %s of %s", prefect.context.get("flow_run_id"), prefect.context.flow_name)
    start = prefect.context.scheduled_start_time
    if limit < 0:
        raise signals.FAIL(message=f"limit {limit} at {start}")
    return limit


@task(max_retries=1, trigger=prefect.triggers.all_successful)
def again(limit):
    return check.run(limit + 1)


with Flow("context") as flow:
    again(check(1))

if __name__ == "__main__":
    flow.run()
