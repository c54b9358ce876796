"""The same where the file goes on without the package."""

from prefect import flow

try:
    from begun.late import Late
except ImportError:
    Late = int

from begun.models import Model

try:
    import begun.models

    LIMIT = 1
except ImportError:
    LIMIT = 2


@flow
def half_imported_caught(a: Model, b: Late, c: int = LIMIT):
    pass
