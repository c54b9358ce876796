from app import STATE

STATE["count"] += 10


def name():
    from app.first import __name__ as other

    return f"{__name__}<{other}"
