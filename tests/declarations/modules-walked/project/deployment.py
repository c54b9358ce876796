"""All flows of a package and those below it, by their modules."""
import importlib
import pkgutil
import sys

import __main__
from prefect import Flow

import jobs

STAGE = "test"

for info in pkgutil.walk_packages(jobs.__path__, prefix="jobs."):
    if info.ispkg:
        continue
    module = importlib.import_module(info.name)
    for name, value in sorted(vars(module).items()):
        if isinstance(value, Flow):
            value.to_deployment(f"{info.name.replace('.', '-')}-{name}", work_pool_name="local").apply()

near = importlib.import_module(".inner.second", package="jobs")
names = [name for _, name, is_package in pkgutil.iter_modules(jobs.__path__) if not is_package]
near.second.to_deployment(
    f"{near.__name__.rpartition('.')[2]}-{__main__.STAGE}", tags=names, work_pool_name="local"
).apply()

here = vars(sys.modules[__name__])
for name in sorted(it for it in here if it == "STAGE"):
    module = sys.modules["jobs.first"]
    module.first.to_deployment(f"of-{here[name]}", work_pool_name="local").apply()
