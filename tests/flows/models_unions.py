from typing import Annotated, List, Literal, Optional, Union

from prefect import flow
from pydantic import BaseModel, Discriminator, Field, Tag


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int = 9


class Dog(BaseModel):
    kind: Literal["dog"] = "dog"
    good: bool = True


class Fish(BaseModel):
    kind: Literal["fish", "shark"]


Pet = Annotated[Union[Cat, Dog], Field(discriminator="kind")]


class Owner(BaseModel):
    pet: Union[Cat, Dog, Fish] = Field(discriminator="kind")
    others: List[Pet] = []
    maybe: Optional[Pet] = None
    described: Union[Cat, Dog] = Field(..., discriminator="kind", description="A pet")


def kind_of(value):
    return "cat"


Called = Annotated[
    Union[Annotated[Cat, Tag("cat")], Annotated[Dog, Tag("dog")]], Discriminator(kind_of)
]


@flow
def discriminated(pet: Pet, pets: List[Pet] = []):
    pass


@flow
def owners(owner: Owner):
    pass


@flow
def plain(pet: Union[Cat, Dog, None] = None, named: Cat | Dog | str = "x"):
    pass


@flow
def inline(pet: Annotated[Union[Cat, Fish], Field(discriminator="kind")]):
    pass


@flow
def called(pet: Called):
    pass
