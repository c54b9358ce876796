from prefect import Flow, flow


def plain(a: int, b: str = "x"):
    """From a plain function."""


made = Flow(plain, name="made by hand")
renamed = flow(plain).with_options(name="renamed", description="options")


class Jobs:
    @staticmethod
    @flow(name="static job")
    def job(n: int = 1): ...


@flow(flow_run_name="run-{n}", log_prints=True, validate_parameters=False)
def templated(n: int):
    """Templated.

    Args:
        n: how many
            of them
    """
