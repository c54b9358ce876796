"""Constants that are changed after they were assigned: what counts is what they are when the flow is defined."""

from prefect import flow

DEFAULTS = {"x": 1}
DEFAULTS["env"] = "prod"

TABLES = []
for name in ("a", "b"):
    TABLES.append(f"raw_{name}")

ORDER = [3, 1, 2]
ORDER.sort()

NESTED = {"a": {"b": 1}, "gone": 0}
NESTED["a"]["c"] = 2
del NESTED["gone"]

WORDS = {"one"}
WORDS.add("two")
WORDS.discard("one")

FILLED = {}


def fill(into):
    into["filled"] = True


fill(FILLED)
UNTOUCHED = {"a": 1}


@flow
def changed_by_item(opts: dict = DEFAULTS): ...


@flow
def appended_to(tables: list = TABLES): ...


@flow
def sorted_in_place(order: list[int] = ORDER): ...


@flow
def nested(it: dict = NESTED): ...


@flow
def a_set(it: set = WORDS): ...


@flow
def filled(it: dict = FILLED): ...


@flow
def read_from_them(
    x: str = DEFAULTS["env"], n: int = ORDER[0], text: str = f"{DEFAULTS['env']}-{TABLES[1]}", k: dict = UNTOUCHED
): ...


DEFAULTS.update(late=1)


@flow
def changed_again(opts: dict = DEFAULTS): ...
