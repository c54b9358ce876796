from typing import List

from prefect import flow, task


class Pipeline:
    """A class with flows."""

    def __init__(self, name: str = "x"):
        self.name = name

    @flow
    def run(self, a: int, b: str = "x"):
        """Runs it.

        Args:
            a: how many
        """

    @flow
    async def asynchronous(self, items: List[int]):
        pass

    class Inner:
        @flow
        def deep(self, x: float = 1.0):
            pass


class Child(Pipeline):
    @flow
    def run(self, a: int, c: bool = False):
        pass


@flow
def main(a: int = 1):
    Pipeline().run(a)
