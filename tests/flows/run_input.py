from typing import Optional

from prefect import flow
from prefect.input import RunInput


class Answer(RunInput):
    """What a person says."""

    name: str
    sure: bool = True


@flow
def asked(a: Answer = None, b: Optional[Answer] = None):
    pass
