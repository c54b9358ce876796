from prefect import Flow, Task, task


class Extract(Task):
    def run(self):
        return 1


@task
def load(x):
    print(x)


extract = Extract()
flow = Flow("imperative")
flow.add_task(extract)
load.set_upstream(extract, flow=flow)
flow.set_dependencies(load, upstream_tasks=[extract])
flow.run()
