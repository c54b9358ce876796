from prefect import flow, get_run_logger, task


@task(retries=2)
def fetch(url: str) -> list:
    import requests

    return requests.get(url, timeout=10).json()


@flow(name="Load NRK", description="Loads the headlines.")
def load_nrk(url: str = "https://www.nrk.no/toppsaker.rss", limit: int = 50):
    get_run_logger().info("loading %s", url)
    return fetch(url)[:limit]
