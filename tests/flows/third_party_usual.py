"""Classes and values of packages that are usual beside Prefect."""

from typing import Dict, List, Optional, Union

import requests
from prefect import flow


@flow
def sessions(
    a: Optional[requests.Session] = None,
    b: List[requests.Response] = [],
    c: Dict[str, requests.Session] = {},
    d: Union[requests.PreparedRequest, str] = "x",
    e: requests.Request | None = None,
):
    pass


@flow
def made(a=requests.Session, b=requests.Session(), c: requests.Session = requests.session()):
    pass
