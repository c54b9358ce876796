from prefect import Flow, Parameter, task

TABLES = ["customers", "orders", "items"]


@task
def export(table, folder):
    print(f"{folder}/{table}")


with Flow("export-tables") as flow:
    folder = Parameter("folder", default="/data")
    for table in TABLES:
        export(table, folder)

if __name__ == "__main__":
    flow.run()
