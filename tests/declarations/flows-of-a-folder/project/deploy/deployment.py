import importlib
import pathlib
import sys

from prefect import Flow, serve

here = pathlib.Path(__file__).parent
sys.path.insert(0, str(here.parent))

deployments = []
for path in sorted((here.parent / "flows").glob("[!_]*.py")):
    module = importlib.import_module(f"flows.{path.stem}")
    for name in dir(module):
        value = getattr(module, name)
        if isinstance(value, Flow) and name.startswith("main"):
            deployments.append(value.to_deployment(path.stem, cron=getattr(module, "CRON", None), description=value.description))

if __name__ == "__main__":
    serve(*deployments)
