from . import inner as models
from .sub import thing
