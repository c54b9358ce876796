from prefect import task, Flow


@task
def hello_task():
    print("Hello, world!")


with Flow("hello-flow") as flow:
    hello_task()

flow.run()
