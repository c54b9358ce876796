"""Imports from beside and from below."""

from helpers import Mode, Settings
from helpers import LIMIT as limit_default
from lib import Shared
from lib.deep.models import Deep, Wide
import lib.deep.models as models
import helpers
from prefect import flow


@flow
def beside(settings: Settings, mode: Mode = Mode.FAST):
    pass


@flow
def below(a: Shared, b: Deep, c: models.Wide = None):
    pass


@flow
def dotted(a: helpers.Settings, b: helpers.Mode = helpers.Mode.SLOW, c: int = limit_default):
    pass
