from prefect import flow


@flow(name="sales-forecast")
def forecast(weeks: int = 4, model: str = "arima"): ...
