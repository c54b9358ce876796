"""Prefect 2 takes no static and class methods."""

from typing import Optional

from prefect import flow


class Pipeline:
    @flow(name="static")
    @staticmethod
    def static(a: int, b: Optional[str] = None):
        pass

    @staticmethod
    @flow
    def outer_static(a: int):
        pass

    @flow
    @classmethod
    def of_class(cls, a: int = 1):
        pass
