from prefect.deployments import Deployment
from prefect.infrastructure import Process

deployment = Deployment(
    name="weekly",
    flow_name="clean-tables",
    version="3",
    description="Removes what nobody reads",
    entrypoint="flows/clean.py:clean_tables",
    path="/srv/flows",
    work_queue_name="maintenance",
    tags=["db", "weekly"],
    parameters={"tables": ["a", "b"], "dry_run": False},
    infrastructure=Process(working_dir="/srv/flows", env={"PGHOST": "db.internal"}, stream_output=False),
    infra_overrides={"env.PGPORT": "5433"},
)
deployment.apply()
