"""Flows whose settings are spread into their decorator."""

from prefect import flow

COMMON = {"name": "From a dict", "description": "Said", "version": "9"}


def called():
    return {"name": "Called"}


class Exchange:
    @property
    def arguments(self):
        return {"name": "Property", "version": "3"}


exchange = Exchange()


@flow(**COMMON)
def of_dict(a: int):
    pass


@flow(**called())
def of_call(a: int):
    pass


@flow(**exchange.arguments)
def of_property(a: int):
    pass


@flow(**{**COMMON, "name": "Again"})
def of_dicts(a: int):
    pass


@flow(**dict(description="Six"))
def of_keywords(a: int):
    """Not this."""


@flow(**COMMON | {"name": "Or"})
def of_union(a: int):
    pass


def made(func, **more):
    final = {**COMMON, **more}
    return flow(**final)(func)


@made
def of_maker(a: int = 4):
    pass
