from prefect import flow
from pydantic import BaseModel
class A(BaseModel):
    a: "A"
    b: "list[A] | B"
class B(A, B):
    a: A
@flow
def main(x: A, y: B):
    pass
