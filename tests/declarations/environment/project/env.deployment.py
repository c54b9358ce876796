import os

from prefect import flow

stage = os.environ["STAGE"]
tag = os.environ.get("IMAGE_TAG", "latest")
registry = os.getenv("REGISTRY", "acme.azurecr.io")
workers = int(os.getenv("WORKERS", "1"))
debug = os.getenv("DEBUG") is not None

if not os.getenv("STAGE"):
    raise SystemExit("set STAGE")


@flow
def ingest(workers: int = 1, debug: bool = False): ...


if "CI" in os.environ:
    print("on CI")

if __name__ == "__main__":
    ingest.deploy(
        name=f"ingest-{stage}",
        work_pool_name="docker-pool",
        image=f"{registry}/ingest:{tag}",
        build=False,
        push=False,
        parameters={"workers": workers * 2, "debug": debug},
        tags=[stage, *(["verbose"] if debug else [])],
        job_variables={"env": {"STAGE": stage.upper(), "HOME_DIR": os.getenv("UNSET_HOME") or "/home"}},
    )
