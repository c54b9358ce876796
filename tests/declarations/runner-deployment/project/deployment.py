from datetime import timedelta

from flows.score import score
from prefect.deployments.runner import RunnerDeployment

deployments = [
    RunnerDeployment.from_flow(
        flow=score,
        name="from-flow",
        work_pool_name="local",
        work_queue_name="default",
        interval=timedelta(minutes=90),
        tags=["scoring"],
    ),
    RunnerDeployment.from_entrypoint(
        "flows/score.py:score",
        name="from-entrypoint",
        parameters={"threshold": 0.75},
        description="from the entrypoint",
        version="9",
        enforce_parameter_schema=False,
    ),
]

for deployment in deployments:
    deployment.apply()
RunnerDeployment(name="plain", flow_name="score", entrypoint="flows/score.py:score", tags=["plain"]).apply()
