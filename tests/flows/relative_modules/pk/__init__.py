from . import inner
from . import sub
from .sub import thing as th
from . import inner as deep
