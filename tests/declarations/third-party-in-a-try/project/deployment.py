try:
    import pandas as pd
    import numpy as np
except ImportError:
    pd = np = None

from prefect import flow, task


@task
def rows(frame):
    return pd.DataFrame(frame).shape[0]


@flow
def count(path: str = "data.csv", columns: list[str] | None = None, limit: int = 1_000):
    return rows(path)


def register():
    today = "weekday"
    count.to_deployment(
        name="count-rows",
        cron="0 12 * * 1-5" if today == "weekday" else None,
        parameters={"limit": 5_000 if pd is None else 1},
    ).apply()


if __name__ == "__main__":
    register()
