from prefect import flow


@flow(name="nightly-jobs", version="2024.1")
def nightly(date: str = "", dry: bool = False):
    """Run the jobs of the night."""
