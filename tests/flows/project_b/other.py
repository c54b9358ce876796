from pydantic import BaseModel


class Config(BaseModel):
    z: str
