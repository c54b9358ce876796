from dataclasses import dataclass

from prefect import flow


@dataclass
class Every:
    hours: int


@flow
def poll(source: str): ...


SOURCES = [
    ("api", Every(6)),
    ("files", "0 4 * * *"),
    ("db", {"minutes": 30, "extra": 1}),
    ("queue", None),
    ("cube", [1, 2, 3]),
    ("mail", 90),
]


def schedule(spec):
    match spec:
        case None:
            return {}
        case Every(hours=h) if h > 3:
            return {"interval": h * 3600}
        case str() as cron:
            return {"cron": cron}
        case {"minutes": m, **rest}:
            return {"interval": m * 60, "description": f"and {rest}"}
        case [first, *others]:
            return {"interval": first * 100 + len(others)}
        case 60 | 90:
            return {"interval": spec}
        case _:
            raise TypeError(spec)


for source, spec in SOURCES:
    poll.to_deployment(name=source, parameters={"source": source}, **schedule(spec)).apply()
