from . import broken
from .models import Model
