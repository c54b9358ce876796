from prefect import task, Flow, Parameter
from prefect.storage import GitHub
from prefect.run_configs import KubernetesRun


@task(name="Fetch weather", tags=["api"])
def fetch(city: str) -> dict:
    return {"city": city, "temperature": 12.5}


@task(name="Store weather")
def store(weather: dict):
    print(weather)


with Flow("weather") as weather_flow:
    city = Parameter("city", default="Oslo")
    store(fetch(city))

weather_flow.storage = GitHub(
    repo="acme/flows",
    path="weather.py",
    ref="main",
    access_token_secret="GITHUB_ACCESS_TOKEN",
)
weather_flow.run_config = KubernetesRun(
    image="acme/weather:latest",
    cpu_request="500m",
    memory_limit="1Gi",
    service_account_name="prefect",
    image_pull_policy="Always",
)
weather_flow.register("weather")
