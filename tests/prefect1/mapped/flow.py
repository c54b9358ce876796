from prefect import Flow, task, unmapped, flatten
from prefect.executors import LocalDaskExecutor


@task
def list_folders():
    return ["a", "b", "c"]


@task
def list_files(folder):
    return [f"{folder}/{n}" for n in range(3)]


@task
def size(path, unit):
    return len(path) / unit


@task
def report(sizes):
    print(sum(sizes))


with Flow("sizes", executor=LocalDaskExecutor(num_workers=8)) as flow:
    folders = list_folders()
    files = list_files.map(folders)
    sizes = size.map(flatten(files), unit=unmapped(1024))
    report(sizes)

if __name__ == "__main__":
    flow.run()
