"""Versions of packages that nobody installs."""
from importlib import metadata
from importlib.metadata import PackageNotFoundError, version

from prefect import flow


def fallback(name):
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "0.0.0+local"


try:
    __version__ = version("acme-nothing-of-the-kind")
except PackageNotFoundError:
    __version__ = "unreleased"


@flow
def report():
    """Reports."""


report.to_deployment("module", version=__version__, work_pool_name="local").apply()
report.to_deployment("function", version=fallback("acme-nothing"), work_pool_name="local").apply()
