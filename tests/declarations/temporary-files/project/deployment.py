import json
import os
import pickle
import shutil
import subprocess
import tempfile
from pathlib import Path

from prefect import flow


@flow
def noted(revision: str = "unknown"): ...


with tempfile.TemporaryDirectory() as folder:
    notes = Path(folder) / "notes.json"
    notes.write_text(json.dumps({"a": 1}))
    os.makedirs(os.path.join(folder, "x", "y"), exist_ok=True)

revision = "unknown"
if Path(".git").exists():
    revision = subprocess.check_output(["git", "rev-parse", "HEAD"], text=True).strip()

deployment = noted.to_deployment("noted", parameters={"revision": revision})
deployment.apply()

log = Path("registered.log")
with log.open("w") as file:
    file.write("registered\n")
print("done", shutil.which("git") is not None, pickle.HIGHEST_PROTOCOL > 0)
