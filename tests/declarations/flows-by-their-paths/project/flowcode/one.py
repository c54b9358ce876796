from prefect import flow
from prefect.server.schemas.schedules import CronSchedule
schedule = CronSchedule(cron="0 0 * * *")
@flow
def main(a: int = 1):
    """
    Do one.
    More.
    """
