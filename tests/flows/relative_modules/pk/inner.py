from pydantic import BaseModel


class Opt(BaseModel):
    n: int = 1
