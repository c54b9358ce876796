import importlib
import inspect
import os
import pkgutil

import flows
from prefect import Flow

found = {}
for info in pkgutil.walk_packages(flows.__path__, prefix="flows."):
    module = importlib.import_module(info.name)
    for name, member in inspect.getmembers(module, lambda it: isinstance(it, Flow)):
        found.setdefault(member.name, member)
    functions = [name for name, _ in inspect.getmembers(module, inspect.isclass)]

if __name__ == "__main__":
    for name, member in sorted(found.items()):
        file = os.path.relpath(inspect.getfile(member.fn), os.getcwd())
        member.to_deployment(name=f"auto-{name}", tags=[file]).apply()
