from pydantic import BaseModel


class Late(BaseModel):
    b: int = 1
