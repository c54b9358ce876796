from prefect import flow

WHERE = "first"


@flow
def shared():
    """Is shared."""
