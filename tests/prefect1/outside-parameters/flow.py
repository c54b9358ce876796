from prefect import Flow, Parameter, task

source = Parameter("source", default="s3://in")
target = Parameter("target", default="s3://out")


@task
def copy(a, b):
    print(a, b)


with Flow("copy") as copy_flow:
    copy(source, target)

with Flow("copy-back") as back_flow:
    copy(target, source)

if __name__ == "__main__":
    copy_flow.register("copies")
    back_flow.register("copies")
