from datetime import timedelta

from prefect import flow
from prefect.events import DeploymentCompoundTrigger, DeploymentEventTrigger, EventTrigger


@flow
def react(path: str):
    """React to an upload."""


react.serve(
    name="on-upload",
    triggers=[
        DeploymentEventTrigger(
            name="uploaded",
            enabled=True,
            match={"prefect.resource.id": "acme.bucket.*"},
            expect=["acme.file.uploaded"],
            parameters={"path": "{{ event.resource.name }}"},
        ),
        DeploymentEventTrigger(
            name="quiet",
            posture="Proactive",
            match_related={"prefect.resource.role": "flow"},
            expect={"acme.heartbeat"},
            within=timedelta(minutes=10),
            threshold=2,
            for_each={"prefect.resource.id"},
        ),
        DeploymentCompoundTrigger(
            name="both",
            require="all",
            within=timedelta(hours=1),
            triggers=[EventTrigger(expect={"a"}), EventTrigger(expect={"b"})],
        ),
    ],
)
