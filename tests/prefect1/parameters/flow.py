from prefect import Flow, Parameter, task
from prefect.core.parameter import DateTimeParameter

DEFAULT_REGION = "eu-west-1"


@task
def show(*values):
    print(values)


with Flow("parameters") as flow:
    name = Parameter("name")
    count = Parameter("count", default=3)
    ratio = Parameter("ratio", default=-0.25)
    dry = Parameter("dry_run", default=True)
    tables = Parameter("tables", default=["a", "b"])
    options = Parameter(
        "options",
        default={
            "mode": "fast",  # or "slow"
        },
    )
    note = Parameter("note", required=False)
    since = DateTimeParameter("since", required=False)
    until = DateTimeParameter("until")
    region = Parameter("region", default=DEFAULT_REGION)
    limit = Parameter("max-rows", default=10)
    show(name, count, ratio, dry, tables, options, note, since, until, region, limit)
    show(Parameter("inline", default="x"), Parameter("name"))

if __name__ == "__main__":
    flow.run(name="x")
    flow.run(parameters=dict(name="y", until="2021-01-01"))
    state = flow.run(parameters={"name": "z", "until": "2021-01-01", "max-rows": 5})
    print(state.is_successful())
