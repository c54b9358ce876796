from prefect import flow
from typing import Generic, TypeVar
from pydantic import BaseModel
T = TypeVar("T")
class A(BaseModel, Generic[T]):
    a: "A[A[T]]"
    t: T
@flow
def main(x: A[int]):
    pass
