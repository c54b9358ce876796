__all__ = ["label", "LEVELS"]

LEVELS = ("low", "high")


def label(name, *, level=LEVELS[0]):
    return f"{name}/{level}".replace("/", " ")
