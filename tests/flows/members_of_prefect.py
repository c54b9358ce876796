"""Members of enumerations that Prefect itself has, and parts of a week."""

from datetime import date
from typing import List

from pydantic import BaseModel

from prefect import flow
from prefect.client.schemas.objects import StateType

WEEK = date(2024, 1, 3).isocalendar()


class Retention(BaseModel):
    """What is kept."""

    days: int = WEEK.week
    states: List[StateType] = [StateType.COMPLETED, StateType.FAILED]


@flow
def clean(
    state: StateType = StateType.CRASHED,
    states: List[StateType] = [StateType.PENDING],
    text: str = StateType.RUNNING.value,
    name=StateType.PAUSED.name,
    week: int = WEEK.week,
    year: int = WEEK[0],
    day: int = WEEK.weekday,
):
    """Cleans."""


@flow
def retain(config: Retention = Retention()):
    """Retains."""
