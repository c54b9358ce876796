"""Daily sales: extract, transform, load."""
from datetime import date, timedelta
from typing import Dict, List, Optional, Union

from prefect import flow, get_run_logger, task

WINDOW = timedelta(days=7)
REGIONS = ("no", "se", "dk")
DEFAULT_LIMITS: Dict[str, int] = {region: 100 * (i + 1) for i, region in enumerate(REGIONS)}


@task(retries=3, retry_delay_seconds=[1, 10, 60], name="extract")
def extract(region: str, limit: int) -> List[dict]:
    import httpx

    return httpx.get(f"https://{region}.acme.example/sales", params={"limit": limit}).json()


@task
def transform(rows):
    return [row for row in rows if row.get("amount")]


@flow(name="daily-sales", timeout_seconds=3600)
def daily_sales(
    regions: List[str] = list(REGIONS),
    limits: Dict[str, int] = DEFAULT_LIMITS,
    window: timedelta = WINDOW,
    since: Optional[Union[date, str]] = None,
    ratio: float = 1 / 4,
):
    """Extract and load sales.

    Args:
        regions: which regions
        limits: rows per region;
            the rest is cut
        since (date): first day
    """
    logger = get_run_logger()
    for region in regions:
        logger.info("%s rows", len(transform(extract(region, limits[region]))))


if __name__ == "__main__":
    daily_sales.serve(
        name="sales",
        cron="0 6 * * *",
        parameters=dict(regions=[*REGIONS][:2], window="P1D"),
        tags=["sales"] + [f"region:{r}" for r in REGIONS],
    )
