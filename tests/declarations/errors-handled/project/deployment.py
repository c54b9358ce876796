import contextlib
import sys

from prefect import flow


class Invalid(ValueError):
    def __init__(self, name, *, reason="unknown"):
        super().__init__(f"{name}: {reason}")
        self.reason = reason


@flow
def checked(n: int = 0): ...


def validated(spec):
    if "name" not in spec:
        raise Invalid("?", reason="no name")
    try:
        number = int(spec["n"])
    except (TypeError, ValueError) as error:
        raise Invalid(spec["name"], reason=type(error).__name__) from error
    return spec["name"], number


failed = []
for spec in [{"name": "a", "n": "1"}, {"n": 2}, {"name": "c", "n": "x"}, {"name": "d", "n": None}, {"name": "e", "n": 5.9}]:
    try:
        name, number = validated(spec)
    except Invalid as invalid:
        failed.append(str(invalid))
        continue
    finally:
        spec["seen"] = True
    checked.to_deployment(name, parameters={"n": number}).apply()

with contextlib.suppress(ZeroDivisionError, IndexError):
    [][1 // len(failed)]
try:
    try:
        raise KeyError("inner")
    finally:
        failed.append("cleaned")
except LookupError as error:
    failed.append(repr(error.args[0]))

checked.to_deployment("report", tags=failed).apply()
if len(failed) > 10:
    print("too many", file=sys.stderr)
    sys.exit(1)
