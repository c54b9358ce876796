from prefect import flow


@flow(name="empties", version="of-the-flow")
def main(**more):
    """Of the flow.

    Args:
        **more: anything
    """
