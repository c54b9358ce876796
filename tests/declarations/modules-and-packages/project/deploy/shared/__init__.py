from .names import DEFAULT_QUEUE, name_of
from .names import *

__all__ = ["DEFAULT_QUEUE", "name_of", "TAGS"]
