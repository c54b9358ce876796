from prefect import Flow, Parameter, task

PARAMETERS = ["a", "b"]


@task(target="{date}.txt", cache_key="x")
def say(values, date):
    print(values, date)


with Flow("commands") as flow:
    values = [Parameter(name) for name in PARAMETERS]
    say(values, values[0], task_args={"name": "Say"})

print(values)
state = flow.run()
print(state.result[values[0]].result)
