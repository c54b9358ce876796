from prefect import flow


@flow(name="Weekly Report", version="3")
def weekly(recipients: list[str] = [], dry_run: bool = False): ...
