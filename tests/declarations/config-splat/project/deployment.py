import os
from copy import copy

from prefect import flow

CONFIG = {
    "name": "configured",
    "work_pool_name": os.environ.get("POOL") or "docker-pool",
    "image": "acme/c:1",
    "build": False,
    "push": False,
    "tags": ["a"],
}
LOCAL = dict(CONFIG, name="local", tags=CONFIG["tags"] + ["local"])


@flow
def configured(x: int = 0): ...


def deploy(tags=None, **kwargs):
    options = copy(kwargs)
    options.update({k: v for k, v in {"description": None, "version": "3"}.items() if v is not None})
    return configured.deploy(tags=tags or [], **options)


if __name__ == "__main__":
    deploy(**CONFIG)
    deploy(**LOCAL or CONFIG)
    deploy(**{**CONFIG, "name": "third", "tags": None})
