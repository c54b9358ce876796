from prefect import flow


@flow(name="schedules")
def main():
    """Runs on many schedules."""
