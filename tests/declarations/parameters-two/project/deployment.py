import uuid
from datetime import date, datetime, timedelta, timezone
from enum import Enum
from pathlib import Path

from prefect import flow


class Color(Enum):
    RED = "red"
    DEEP = 3


@flow
def all_kinds(anything: dict, color: Color = Color.RED, where: Path = Path("/data") / "in"): ...


all_kinds.to_deployment(
    name="all_kinds",
    parameters={
        "anything": {
            "none": None,
            "bool": True,
            "int": -(2**53),
            "float": 1e100,
            "small": 1.0,
            "text": "æøå \u2713 \n\t\"quoted\"",
            "tuple": (1, (2, 3)),
            "date": date(2024, 2, 29),
            "time": datetime(2024, 2, 29, 12, 30, 5, 250_000),
            "aware": datetime(2024, 2, 29, 12, 30, tzinfo=timezone(timedelta(hours=2))),
            "utc": datetime(2024, 2, 29, tzinfo=timezone.utc),
            "delta": timedelta(days=1, minutes=1.5),
            "uuid": uuid.UUID(int=5),
            "enum": Color.DEEP,
            "empty": [{}, [], ""],
        },
        "color": Color.RED,
        "where": "/elsewhere",
    },
).apply()
