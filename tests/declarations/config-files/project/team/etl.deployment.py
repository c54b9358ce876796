import configparser
import csv
import json
from pathlib import Path

import toml
import tomllib
import yaml
from prefect import flow

CONFIG = Path(__file__).parent / "config"


@flow
def etl(batch: int = 1, options: dict = {}): ...


with open(CONFIG / "base.yaml") as file:
    base = yaml.safe_load(file)
pools = json.loads((CONFIG / "pools.json").read_text(encoding="utf-8"))
with open("config/pools.json", "r") as file:
    assert json.load(file) == pools
with (CONFIG / "app.toml").open("rb") as file:
    app = tomllib.load(file)
assert toml.load(str(CONFIG / "app.toml")) == app
parser = configparser.ConfigParser()
parser.read(str(CONFIG / "app.ini"))
with open(CONFIG / "regions.csv", newline="") as file:
    regions = list(csv.DictReader(file))

for spec in base["deployments"]:
    pool = pools[spec["queue"]]
    etl.deploy(
        name=spec["name"],
        work_pool_name=pool["pool"],
        work_queue_name=spec["queue"],
        image=pool["image"],
        build=False,
        push=False,
        cron=spec.get("cron"),
        parameters={
            "batch": parser.getint("etl", "batch"),
            "options": {
                "path": parser["etl"]["path"],
                "verbose": parser.getboolean("etl", "verbose"),
                "regions": [(r["code"], r["city"], float(r["weight"])) for r in regions],
                "since": str(spec.get("since")),
                "text": spec.get("text", ""),
                "enabled": spec["enabled"],
                "retries": spec["retries"] + len(app["schedule"]["hours"]),
                "gpu": pool.get("gpu", "absent"),
                "dump": json.dumps({"b": [1, None, True], "a": "é"}, sort_keys=True),
                "pretty": json.dumps({"a": [1, 2]}, indent=2),
                "yaml": yaml.safe_dump({"b": 1, "a": ["x", {"c": None}]}),
            },
        },
        tags=[app["title"], app["owner"][0]["name"]],
    )
