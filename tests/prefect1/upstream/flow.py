from prefect import Flow, Parameter, task, unmapped


@task
def create_table(name):
    print("create", name)


@task
def copy(name, row):
    print("copy", name, row)


@task(nout=2, checkpoint=False)
def read():
    return 1, 2


@task
def drop(name):
    print("drop", name)


with Flow("tables") as flow:
    name = Parameter("name", default="t")
    created = create_table(name)
    first, second = read(upstream_tasks=[created])
    copies = copy.map(unmapped(name), [first, second], upstream_tasks=[unmapped(created)])
    drop(name, upstream_tasks=[copies])
