import glob, importlib, importlib.util, os, inspect
from pathlib import Path
from prefect.deployments import Deployment
from prefect.infrastructure import DockerContainer
import prefect

def check_entry(entry):
    return entry.name != "__init__.py" and not os.path.isdir(entry)

for entry in sorted([e for e in os.scandir("flowcode") if check_entry(e)], key=lambda e: e.name):
    entry_name = entry.name[:-3]
    print(f"Loading {entry_name}...", end="")
    flow = importlib.util.spec_from_file_location(entry_name, entry.path).loader.load_module()
    opts = dict(flow=flow.main, name=f"main-{entry_name}", description=flow.main.__doc__.strip(), work_queue_name="system", output=f"{entry_name}.yaml", skip_upload=True, apply=True)
    try:
        opts.update(schedule=flow.schedule)
    except AttributeError:
        pass
    d = Deployment.build_from_flow(**opts)
    print("Done.", d.name)

for f in sorted(glob.iglob("*.py", root_dir="flowcode")):
    if f.startswith("__"):
        continue
    spec = importlib.util.spec_from_file_location("bot", os.path.join("flowcode", f))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    it = getattr(module, "main")
    if type(f) == str and hasattr(Deployment, "build_from_flow"):
        data = dict(apply=True, infrastructure=DockerContainer.load("etl"), path="/code", skip_upload=True, version=1, work_queue_name="default") | dict(flow=it, entrypoint=f"{inspect.getfile(it.fn)}:{it.fn.__name__}") | {"name": f"b-{f}"}
        print(Deployment.build_from_flow(**data).flow_name)
mod = importlib.import_module("flowcode.one")
print(getattr(mod, "__file__", None))
d = Deployment.build_from_flow(flow=getattr(mod, "main"), name="hello", output="x.yaml")
did = d.apply(work_queue_concurrency=1)
print(did)
file = Path(".prefectignore")
if not file.exists():
    file.touch()
