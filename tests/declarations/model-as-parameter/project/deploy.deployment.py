from models import Job, Source
from prefect import flow


@flow
def load(job: Job, fallback: Source = Source(url="https://b.example", kind="ftp"), *names: str):
    """Loads a job.

    Args:
        job: what to do
        fallback: where else
    """


load.to_deployment("model", parameters={"job": Job(sources=[Source(url="https://c.example")])}).apply()
