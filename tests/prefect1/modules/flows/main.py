from prefect import Flow, Parameter

from flows.tasks import extract, load

with Flow("modular") as flow:
    n = Parameter("n", default=2)
    load(extract(n))

if __name__ == "__main__":
    flow.register(project_name="modular")
