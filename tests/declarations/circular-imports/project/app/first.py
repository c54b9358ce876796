import app
from app import second

app.STATE["count"] += 1


def name():
    return f"{__name__}-{app.STATE['count']}-{second.name()}"
