import datetime

from prefect import Flow, task
from prefect.schedules import IntervalSchedule

EVERY = datetime.timedelta(minutes=15)
schedule = IntervalSchedule(interval=EVERY)


@task(timeout=60)
def ping():
    return "pong"


with Flow("pings", schedule=schedule) as flow:
    ping()


def main():
    flow.run()


if __name__ == "__main__":
    main()
