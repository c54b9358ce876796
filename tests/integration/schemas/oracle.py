"""What Prefect's own `deploy` would register for every flow of a folder, as JSON: entrypoint -> facts.

Usage: oracle.py FOLDER; every file is loaded as `prefect deploy` does, from FOLDER.
"""

import ast
import contextlib
import functools
import json
import logging
import os
import sys
import warnings
from pathlib import Path

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")

import prefect
from prefect.exceptions import ScriptError
from prefect.flows import Flow, load_flow_arguments_from_entrypoint, load_flow_from_entrypoint
from prefect.utilities.callables import parameter_schema, parameter_schema_from_entrypoint
from prefect.utilities.importtools import load_script_as_module

def forget(path):
    """Files of one name in two folders are two modules."""
    sys.path[:] = path
    root = os.getcwd() + os.sep
    for name, module in list(sys.modules.items()):
        if os.path.abspath(getattr(module, "__file__", None) or "/").startswith(root):
            del sys.modules[name]


def flows_of(holder, prefix, file, seen):
    """The names of the flows that `holder` defines; a second name of one flow is none."""
    own = lambda name, it: getattr(it.fn, "__name__", None) != name
    named = [(name, getattr(holder, name, None)) for name in vars(holder)]
    members = [(name, it) for name, it in named if isinstance(it, Flow)]
    for name, it in sorted(members, key=lambda pair: own(*pair)):
        code = getattr(it.fn, "__code__", None)
        if id(it) not in seen and code is not None and code.co_filename.endswith(file):
            seen.add(id(it))
            yield prefix + name
    for name, it in vars(holder).items():
        if isinstance(it, type) and it.__module__ == getattr(holder, "__module__", holder.__name__):
            yield from flows_of(it, f"{prefix}{name}.", file, seen)


def is_flow(it):
    it = it.func if isinstance(it, ast.Call) else it
    return getattr(it, "id", getattr(it, "attr", "")) == "flow"


def decorated(file):
    """The same of a file that cannot be imported."""
    for node in ast.parse(Path(file).read_text()).body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            if any(is_flow(it) for it in node.decorator_list):
                yield node.name


def facts(flow, imported):
    schema = parameter_schema(flow)
    schema = schema.model_dump() if hasattr(schema, "model_dump") else schema.dict()
    return {
        "name": flow.name,
        "description": flow.description,
        # the fallback has no file to take the hash of
        "version": flow.version if imported else None,
        "parameter_openapi_schema": cleaned(schema),
    }


def named(module, file, name):
    """What `load_flow_from_entrypoint` gives, without running the file for each of its flows."""
    if module is None:
        return load_flow_from_entrypoint(f"{file}:{name}")
    if prefect.__version__.startswith("2."):
        return getattr(module, name)
    return functools.reduce(getattr, name.split("."), module)


def read(file, out):
    path, module = list(sys.path), None
    try:
        module = load_script_as_module(file)
        names = list(flows_of(module, "", file, set()))
    except ScriptError:
        names = list(decorated(file))
    for name in names:
        try:
            out[f"{file}:{name}"] = facts(named(module, file, name), module is not None)
        except Exception as error:
            out[f"{file}:{name}"] = {"error": f"{type(error).__name__}: {error}"[:300]}
    for name in inner(file):
        entrypoint = f"{file}:{name}"
        out.setdefault(entrypoint, without_running(entrypoint))
    forget(path)


def inner(file):
    """The flows inside functions, which Prefect finds only in a file that it does not run."""
    for outer in ast.walk(ast.parse(Path(file).read_text())):
        if isinstance(outer, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for node in outer.body:
                if any(is_flow(it) for it in getattr(node, "decorator_list", [])):
                    yield node.name


def without_running(entrypoint):
    schema = parameter_schema_from_entrypoint(entrypoint)
    schema = schema.model_dump() if hasattr(schema, "model_dump") else schema.dict()
    return {
        "name": load_flow_arguments_from_entrypoint(entrypoint)["name"],
        "parameter_openapi_schema": cleaned(schema),
    }


def cleaned(schema):
    return {key: it for key, it in schema.items() if it not in ({}, []) or key == "properties"}


def main(folder):
    os.chdir(folder)
    out = {}
    for path in sorted(Path(".").rglob("*.py")):
        with contextlib.suppress(SyntaxError):
            read(str(path), out)
    json.dump(out, sys.stdout, default=str)


main(sys.argv[1])
