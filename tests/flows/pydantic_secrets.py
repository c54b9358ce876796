from typing import Dict, List, Optional

from prefect import flow
from pydantic import Secret, SecretBytes, SecretStr


@flow
def secrets(a: SecretStr, b: SecretStr = SecretStr("hidden"), c: Optional[SecretStr] = None, d: List[SecretStr] = []):
    pass


@flow
def more(a: SecretBytes, b: Dict[str, SecretStr] = {}, c: SecretStr = None):
    pass


@flow
def generic(a: Secret[str], b: Secret[int]):
    pass
