from prefect import flow
@flow(name="second")
def main(a: int = 1):
    """Do two."""
