from datetime import timedelta

from jobs.audit import Depth, audit
from prefect.client.schemas.schedules import IntervalSchedule
from prefect.deployments.deployments import Deployment
from prefect.events import DeploymentEventTrigger
from prefect.filesystems import LocalFileSystem
from prefect.infrastructure import Process

deployment = Deployment.build_from_flow(
    flow=audit,
    name="every keyword",
    output="audit-deployment.yaml",
    skip_upload=False,
    ignore_file=".prefectignore",
    apply=False,
    load_existing=False,
    schedules=[
        {"schedule": IntervalSchedule(interval=timedelta(days=30)), "active": False},
        {"schedule": {"cron": "0 0 1 1 *", "timezone": "Europe/Oslo"}, "active": True},
    ],
    is_schedule_active=True,
    enforce_parameter_schema=True,
    work_pool_name="local",
    work_queue_name="audits",
    version=None,
    description="From the deployment",
    tags=["audit", "yearly"],
    parameters={"depth": Depth.FULL, "year": 2024},
    storage=LocalFileSystem(basepath="/mnt/audit"),
    infrastructure=Process(),
    job_variables={"env": {"AUDIT": "1"}, "working_dir": "/tmp"},
    path="audit/2024",
    entrypoint="jobs/audit.py:audit",
    triggers=[
        DeploymentEventTrigger(
            enabled=True,
            name="books-closed",
            match={"prefect.resource.id": "acme.books.*"},
            expect={"acme.books.closed"},
            parameters={"year": "{{ event.payload.year }}"},
        )
    ],
)
deployment.apply(work_queue_concurrency=3)
