from prefect import Flow, Parameter, task
from prefect.tasks.prefect import StartFlowRun, create_flow_run, wait_for_flow_run
from prefect.tasks.shell import ShellTask
from prefect.tasks.notifications import SlackTask
from prefect.triggers import all_finished, any_failed

shell = ShellTask(name="ls", command="ls")
child = StartFlowRun(flow_name="child", project_name="p", wait=True)


@task(trigger=all_finished, state_handlers=[print])
def clean():
    print("clean")


with Flow("library") as flow:
    day = Parameter("day", default="monday")
    listing = shell()
    run_id = create_flow_run(flow_name="etl", project_name="p", parameters={"day": day})
    wait_for_flow_run(run_id, raise_final_state=True)
    clean(upstream_tasks=[listing])
    SlackTask(message="failed")(trigger=any_failed)
