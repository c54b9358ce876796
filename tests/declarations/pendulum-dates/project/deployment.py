import pendulum
from prefect import flow

start = pendulum.datetime(2024, 1, 31, tz="Europe/Oslo")
now = pendulum.now("UTC")


@flow
def fill(start: str, end: str): ...


fill.to_deployment(
    name="backfill",
    parameters={
        "start": start.add(months=1).to_date_string(),
        "end": now.subtract(days=3).start_of("day").to_iso8601_string(),
    },
    tags=[
        now.format("YYYY-MM-DD"),
        str(start.year),
        pendulum.today("UTC").to_date_string(),
        pendulum.duration(days=1, hours=2).in_words(locale="en"),
        pendulum.parse("2024-06-01T10:00:00").isoformat(),
        str(pendulum.duration(minutes=90).total_seconds()),
    ],
    interval=pendulum.duration(hours=2),
).apply()
