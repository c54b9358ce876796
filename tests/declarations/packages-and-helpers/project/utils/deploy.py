import logging
from typing import Any
log = logging.getLogger("deploy")
DEFAULTS: dict[str, Any] = dict(work_queue_name="main", tags=["t1", "t2"], version="1.0", infra_overrides={"env": {"LOG": "DEBUG"}})

def apply_all(*ds, verbose: bool = False, **kw) -> None:
    for i, d in enumerate(ds, 1):
        if verbose:
            log.info("%d/%d %s", i, len(ds), d.name)
        id_ = d.apply()
        print(f"applied {d.flow_name}/{d.name}: {id_}")
