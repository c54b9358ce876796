import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "src"))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

from acme.flows import nightly  # noqa: E402
from helpers import tag  # noqa: E402

if __name__ == "__main__":
    nightly.from_source(source=str(ROOT), entrypoint="src/acme/flows.py:nightly").deploy(
        name="nightly", work_pool_name="local", tags=[tag("nightly"), ROOT.name]
    )
