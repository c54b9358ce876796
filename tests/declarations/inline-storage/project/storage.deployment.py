from prefect.deployments import Deployment
from prefect.filesystems import GCS, S3, Azure, GitHub, LocalFileSystem, RemoteFileSystem

from flow import copy_files

storages = {
    "local": LocalFileSystem(basepath="/mnt/shared/flows"),
    "remote": RemoteFileSystem(
        basepath="s3://flows/minio",
        settings={"key": "minio", "client_kwargs": {"endpoint_url": "http://minio:9000"}},
    ),
    "s3": S3(bucket_path="acme/flows"),
    "gcs": GCS(bucket_path="acme/flows", project="acme-prod"),
    "azure": Azure(bucket_path="flows/sub", azure_storage_connection_string="UseDevelopmentStorage=true"),
    "git": GitHub(repository="https://github.com/acme/flows.git", reference="v2"),
}

for name, storage in storages.items():
    deployment = Deployment.build_from_flow(
        flow=copy_files,
        name=f"from-{name}",
        storage=storage,
        path="flows/copy" if name != "git" else None,
        work_queue_name="files",
    )
    deployment.apply()
