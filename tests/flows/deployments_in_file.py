"""A flow file that also serves itself."""

from datetime import timedelta
from typing import Optional

from prefect import flow, serve
from prefect.client.schemas.schedules import IntervalSchedule


@flow(log_prints=True)
def ingest(source: str = "s3", batch_size: int = 500, since: Optional[str] = None) -> int:
    """Ingest data.

    Args:
        source: Where from.
        batch_size: How many rows at once.

    Returns:
        The number of rows.
    """
    return batch_size


@flow
def report(day: str, recipients: list[str] = ["a@b.c"]):
    ingest()


if __name__ == "__main__":
    serve(ingest.to_deployment("daily", interval=timedelta(days=1)), report.to_deployment("r"))
