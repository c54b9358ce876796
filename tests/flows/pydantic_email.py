from prefect import flow
from pydantic import EmailStr, NameEmail
from typing import List, Optional


@flow
def notify(to: EmailStr, cc: List[EmailStr] = [], sender: Optional[EmailStr] = None):
    pass


@flow
def named(to: NameEmail):
    pass
