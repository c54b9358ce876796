from .c import c
__all__ = ["c"]
