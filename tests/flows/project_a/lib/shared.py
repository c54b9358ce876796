from typing_extensions import TypedDict


class Shared(TypedDict):
    a: int
