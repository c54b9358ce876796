from prefect import Flow, task
from prefect.client import Secret
from prefect.tasks.secrets import EnvVarSecret, PrefectSecret


@task
def connect(user, password, url):
    token = Secret("API_TOKEN").get()
    print(user, len(password), url, len(token))


with Flow("secrets") as flow:
    password = PrefectSecret("DB_PASSWORD")
    url = EnvVarSecret("DB_URL")
    connect("etl", password, url)
