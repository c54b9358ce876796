from prefect import Flow, task


@task
def work():
    return 1


with Flow("old") as old:
    work()

old.register("mixed")
