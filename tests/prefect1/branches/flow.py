from prefect import Flow, Parameter, case, task
from prefect.tasks.control_flow import merge


@task
def is_full(day):
    return day == "sunday"


@task
def load_all():
    return 100


@task
def load_new():
    return 10


@task
def report(rows):
    print(rows)


with Flow("branches") as flow:
    day = Parameter("day", default="monday")
    mode = Parameter("mode", default="normal")
    full = is_full(day)
    with case(full, True):
        everything = load_all()
    with case(full, False):
        news = load_new()
    rows = merge(everything, news)
    report(rows)

    with case(mode, "verbose"):
        report(rows)
        report("done")
