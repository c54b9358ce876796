import copy
import os

from flows import load


def chosen(**options):
    return [options.get("STAGE", "no stage"), options.get("NOT_SET_BY_ANYBODY", "nothing")]


def application(prefix="APP_"):
    return {name: value for name, value in dict(os.environ).items() if name.startswith(prefix)}


ENVIRONMENT = dict(os.environ)
MERGED = {**os.environ, "STAGE": "merged", "MORE": "more"}

if __name__ == "__main__":
    for name, tags in {
        "copy": [ENVIRONMENT["STAGE"], ENVIRONMENT.get("NOT_SET_BY_ANYBODY", "none")],
        "merged": [MERGED["STAGE"], MERGED["MORE"], MERGED["APP_B"]],
        "united": [(os.environ | {"STAGE": "other"})["STAGE"], ({"APP_A": "0"} | os.environ)["APP_A"]],
        "named": [dict(os.environ, APP_A="named")["APP_A"]],
        "names": sorted(name for name in os.environ if name.startswith("APP_")),
        "spread": chosen(**os.environ),
        "copied": [copy.copy(ENVIRONMENT)["STAGE"], os.environ.copy()["APP_A"]],
    }.items():
        load.to_deployment(name, work_pool_name="local", tags=tags).apply()
    variables = {"env": application()}
    load.to_deployment("with-an-environment", work_pool_name="docker-pool", job_variables=variables).apply()
