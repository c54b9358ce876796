import pendulum
from prefect import Flow, task
from prefect.schedules import Schedule, clocks, filters

weekdays = Schedule(
    clocks=[clocks.CronClock("0 * * * *", start_date=pendulum.datetime(2020, 5, 4, tz="America/New_York"))],
    filters=[filters.is_weekday],
)


@task
def trade():
    print("buy")


with Flow("trades", schedule=weekdays) as flow:
    trade()
