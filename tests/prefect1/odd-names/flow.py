from prefect import Flow, Parameter, task


@task
def extract(a, b):
    return a, b


@task
def odd_names(x):
    return x


with Flow("Odd names & more / less") as flow:
    table = Parameter("extract", default="t")
    klass = Parameter("class", default="c")
    pair = extract(table, klass)
    odd_names(pair)

with Flow("odd names") as flow:
    odd_names(1)
