from acme.jobs import module_job
from prefect import serve
from prefect.flows import EntrypointType

if __name__ == "__main__":
    module_job.deploy(
        name="by-module",
        work_pool_name="docker-pool",
        image="acme/jobs:1",
        build=False,
        push=False,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    serve(
        module_job.to_deployment("by-file", entrypoint_type=EntrypointType.FILE_PATH),
        module_job.to_deployment("by-module-served", entrypoint_type=EntrypointType.MODULE_PATH),
    )
