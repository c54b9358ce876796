from .shared import Shared as Shared
