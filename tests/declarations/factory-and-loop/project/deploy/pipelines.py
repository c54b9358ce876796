from prefect import flow


@flow
def orders(since: str): ...


@flow(name="Customers")
def customers(since: str, full: bool = False): ...
