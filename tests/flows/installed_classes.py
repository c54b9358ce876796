"""Classes of packages that Prefect needs: pydantic takes them for any class."""

import argparse
from typing import Dict, List, Optional, Union

import httpx
import requests
from httpx import Response
from prefect import Flow, Task, flow
from prefect.client.orchestration import PrefectClient
from prefect.futures import PrefectFuture
from rich.console import Console
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session


@flow
def clients(
    a: httpx.Client = None,
    b: Optional[httpx.Client] = None,
    c: List[Response] = [],
    d: Dict[str, requests.Session] = {},
    e: Union[Engine, str] = None,
    f: Optional[Session] = None,
):
    pass


@flow
def others(
    a: Optional[Console] = None,
    b: Optional[PrefectClient] = None,
    c: Optional[Flow] = None,
    d: Optional[Task] = None,
    e: Optional[argparse.Namespace] = None,
    f: List[PrefectFuture] = [],
):
    pass
