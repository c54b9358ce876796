from .. import inner as up
from . import thing
