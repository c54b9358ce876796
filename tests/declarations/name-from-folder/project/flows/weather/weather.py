from prefect import flow


@flow
def weather(city: str = "Oslo"): ...
