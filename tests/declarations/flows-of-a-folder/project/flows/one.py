from prefect import flow

CRON = "0 1 * * *"


@flow
def main_one(a: int = 1):
    """One."""
