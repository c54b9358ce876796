from __future__ import annotations

from typing import Dict, List, Optional, Union

from prefect import flow
from pydantic import BaseModel


class Node(BaseModel):
    value: int
    next: Optional[Node] = None
    children: List[Node] = []


class Left(BaseModel):
    right: Optional[Right] = None


class Right(BaseModel):
    left: Optional[Left] = None
    by_name: Dict[str, Left] = {}


class Tree(BaseModel):
    root: Union[Node, Tree, None] = None


@flow
def tree(node: Node):
    pass


@flow
def mutual(left: Left, right: Optional[Right] = None):
    pass


@flow
def several(tree: Tree, nodes: list[Node]):
    pass
