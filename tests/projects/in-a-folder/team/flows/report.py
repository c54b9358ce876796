from prefect import flow


class Reports:
    @staticmethod
    @flow(name="reports-weekly")
    def weekly():
        """Weekly."""


@flow(name="in-a-folder")
def report(day: str = "monday"):
    """Reports."""
