"""Loads the flow of each `folder entrypoint` on stdin as a worker does, and prints its schema as JSON, one a line."""

import json
import os
import sys

from prefect.flows import load_flow_from_entrypoint
from prefect.utilities.callables import parameter_schema

for line in sys.stdin.read().splitlines():
    folder, entrypoint = line.split("\t")
    sys.stdout.flush()
    # a process for each: their modules have the same names
    if os.fork() == 0:
        os.chdir(folder)
        sys.stdout = sys.stderr
        sys.path.insert(0, folder)
        try:
            flow = load_flow_from_entrypoint(entrypoint)
            answer = {"schema": parameter_schema(flow).model_dump_for_openapi(), "name": flow.name}
        except BaseException as error:
            answer = {"error": repr(error)}
        os.write(1, (json.dumps(answer) + "\n").encode())
        os._exit(0)
    os.wait()
