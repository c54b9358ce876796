from pydantic import BaseModel


class Model(BaseModel):
    a: int = 1
