"""Invoices.

Registers the deployments.
"""
import os
from pathlib import Path

from prefect import flow

os.environ.setdefault("INVOICE_LEVEL", "2")
os.environ["INVOICE_MODE"] = "dry"


@flow(name=Path(__file__).stem.title())
def invoices(query: str = Path("queries/late.sql").read_text(), mode: str = os.environ["INVOICE_MODE"]):
    """Sends invoices."""


readme = Path(__file__).parent.joinpath("README.md").read_text(encoding="utf-8")
title, *_, last = [line for line in readme.splitlines() if line]

invoices.to_deployment(
    name=title.lstrip("# ").lower(),
    description=readme,
    parameters={"query": (Path.cwd() / "queries" / "late.sql").read_text().format(day="2024-01-01")},
    version=os.environ["INVOICE_LEVEL"],
    tags=[__doc__.splitlines()[0], invoices.__doc__ or "", last, str(len(readme.encode("utf-8")))],
).apply()
