from prefect.blocks.core import Block
from prefect.deployments import Deployment
from prefect.filesystems import GCS, S3, GitHub, LocalFileSystem, RemoteFileSystem
from prefect.infrastructure import Process

from flow import publish_report

common = {
    "flow": publish_report,
    "work_queue_name": "default",
    "parameters": {"title": "Report"},
    "infrastructure": Process.load("bare"),
}

github = Deployment.build_from_flow(name="github", storage=GitHub.load("analytics"), **common)
s3 = Deployment.build_from_flow(name="s3", storage=S3.load("prod-bucket"), path="reports", **common)
gcs = Deployment.build_from_flow(name="gcs", storage=GCS.load("lake"), path="reports", **common)
local = Deployment.build_from_flow(name="local", storage=LocalFileSystem.load("shared-disk"), **common)
minio = Deployment.build_from_flow(name="minio", storage=RemoteFileSystem.load("minio"), **{**common, "tags": ["m"]})
by_slug = Deployment.build_from_flow(name="by-slug", storage=Block.load("azure/flow-storage"), **common)

if __name__ == "__main__":
    [each.apply(upload=False) for each in [github, s3, gcs, local, minio, by_slug]]
