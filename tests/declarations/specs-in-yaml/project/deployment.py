import yaml, json, tomllib, sys, os, logging
from pathlib import Path
from dataclasses import dataclass, field, asdict
from typing import Any
from prefect import flow
sys.path.insert(0, str(Path(__file__).parent / "src"))
from pkg.flows import FLOWS

logger = logging.getLogger(__name__)
logging.basicConfig(level=os.environ.get("LOG_LEVEL", "INFO").upper())

@dataclass
class Spec:
    name: str
    flow: str
    cron: str | None = None
    params: dict[str, Any] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)

    @classmethod
    def load(cls, path: Path) -> "list[Spec]":
        with path.open() as f:
            raw = yaml.safe_load(f) or {}
        common = raw.pop("common", {})
        return [cls(**{**common, **it}) for it in raw.get("deployments", [])]

version = tomllib.loads(Path("pyproject.toml").read_text())["project"]["version"]
env = os.getenv("ENV", "dev").lower()
for spec in Spec.load(Path(__file__).resolve().parent / "conf" / f"{env}.yaml"):
    try:
        f = FLOWS[spec.flow]
    except KeyError as e:
        logger.error("unknown %s", e)
        continue
    logger.info("deploying %s", asdict(spec))
    kwargs = {k: v for k, v in asdict(spec).items() if v and k not in ("flow", "params")}
    f.to_deployment(**kwargs, parameters=spec.params | {"env": env}, version=version).apply()
