from prefect import Flow, task


@task
def main_work():
    return 1


@task
def tidy(n):
    print("tidy", n)


with Flow("with-reference") as flow:
    result = main_work()
    tidy(result)
    flow.set_reference_tasks([result])

flow.visualize()
