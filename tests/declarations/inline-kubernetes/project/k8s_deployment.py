from flows.report import report
from prefect.deployments import Deployment
from prefect.infrastructure import KubernetesJob, KubernetesImagePullPolicy, KubernetesRestartPolicy

infra = KubernetesJob(
    image="acme.azurecr.io/report:3.1",
    image_pull_policy=KubernetesImagePullPolicy.ALWAYS,
    restart_policy=KubernetesRestartPolicy.NEVER,
    namespace="reports",
    service_account_name="flow-runner",
    env={"REPORT_BUCKET": "reports", "TZ": "Europe/Oslo"},
    labels={"team": "finance"},
    finished_job_ttl=300,
    pod_watch_timeout_seconds=600,
    job_watch_timeout_seconds=7200,
    command=["python", "-m", "prefect.engine"],
    name="monthly",
    stream_output=False,
    customizations=[
        {"op": "add", "path": "/spec/template/spec/nodeSelector", "value": {"pool": "big"}},
    ],
)

deployment = Deployment.build_from_flow(
    flow=report,
    name="k8s",
    infrastructure=infra,
    work_queue_name="reports",
    path="/opt/flows",
    entrypoint="flows/report.py:report",
)

if __name__ == "__main__":
    deployment.apply()
