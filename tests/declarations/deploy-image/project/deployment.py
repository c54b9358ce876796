from prefect import flow


@flow(log_prints=True)
def ingest(source: str = "s3", retries: int = 3):
    """Ingest the files of one source."""
    print(source)


if __name__ == "__main__":
    ingest.deploy(
        name="ingest-prod",
        work_pool_name="docker-pool",
        work_queue_name="high",
        image="acme.azurecr.io/ingest:2024.3",
        build=False,
        push=False,
        cron="15 3 * * *",
        tags=["prod", "ingest"],
        parameters={"source": "blob"},
        job_variables={"env": {"LOG": "debug"}, "auto_remove": True},
        description="Production ingest",
        version="1.4.0",
        enforce_parameter_schema=False,
    )
