"""Loads into the warehouse."""
import os
from typing import Optional

from prefect import flow

WAREHOUSE = os.getenv("SNOWFLAKE_WAREHOUSE", "LOADING")


@flow
def main(table: str, warehouse: str = WAREHOUSE, where: Optional[str] = None):
    """Load one table.

    Args:
        table: full name of the table
        warehouse: which warehouse pays
    """
    print(table, warehouse, where)
