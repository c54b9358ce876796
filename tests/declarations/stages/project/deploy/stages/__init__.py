from .base import Stage
