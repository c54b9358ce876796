//! Schemas compared with those that real Prefect registered.

use serde_json::Value;

use super::super::*;

/// The module that every row of the golden tables was defined in.
const PRELUDE: &str = r#"
import collections, datetime, decimal, enum, ipaddress, os, pathlib, re, typing, uuid, pendulum
from collections.abc import *
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum, IntEnum
from pathlib import Path
from typing import (Any, List, Dict, Optional, Union, Literal, Tuple, Set, FrozenSet, Sequence, Iterable, Mapping, Deque,
    DefaultDict, Callable, Type, TypeVar, NewType, Annotated, Generator, AnyStr, Hashable, Final, NamedTuple, TypedDict,
    NotRequired)
from uuid import UUID
from pydantic import (BaseModel, SecretStr, HttpUrl, PositiveInt, conint, constr, conlist, Json, StrictInt, FilePath,
    AwareDatetime, UUID4, ByteSize, Field, ConfigDict)
from prefect import flow

T = TypeVar("T")
UserId = NewType("UserId", int)
Alias = Dict[str, List[int]]

class Color(Enum):
    RED = "red"
    BLUE = "blue"

class SColor(str, Enum):
    """A colour."""
    RED = "red"
    BLUE = "blue"

class Num(IntEnum):
    ONE = 1
    TWO = 2

class Plain:
    def __init__(self, a): pass

class Model(BaseModel):
    """My model."""
    a: int
    b: str = "x"
    c: Optional[float] = None
    inner_list: List[int] = []

class Nested(BaseModel):
    m: Model
    when: datetime.datetime = Field(..., description="When", title="Quand")
    n: int = Field(3, ge=1, le=10)

class Node(BaseModel):
    v: int
    next: Optional["Node"] = None

class Al(BaseModel):
    model_config = ConfigDict(extra="forbid")
    some_field: int = Field(alias="someField")

@dataclass
class DC:
    a: int
    b: str = "x"

class TD(TypedDict):
    a: int
    b: NotRequired[str]

class NT(NamedTuple):
    a: int
    b: str = "x"
"#;

fn golden(table: &str, version: &str) -> Vec<String> {
    let rows: serde_json::Map<String, Value> = serde_json::from_str(table).unwrap();
    let dialect = Dialect::new(version).unwrap();
    let mut wrong = Vec::new();
    for (name, row) in &rows {
        let signature = row["sig"].as_str().unwrap();
        let text = format!("{PRELUDE}\n@flow\ndef f({signature}):\n    pass\n");
        let tree = Tree::of_texts([("f.py", text.as_str())]);
        let (facts, _) = flow(&tree, "f.py", "f", dialect);
        let have = facts.map(|it| it.parameter_openapi_schema);
        if have.as_ref() != row.get("schema") {
            wrong.push(name.clone());
        }
    }
    wrong
}

#[test]
fn schemas_are_those_of_prefect_3_9() {
    assert_eq!(golden(include_str!("../golden/3.9.1.json"), "3.9.1"), [""; 0]);
}

#[test]
fn schemas_are_those_of_prefect_2_20() {
    assert_eq!(golden(include_str!("../golden/2.20.27.json"), "2.20.27"), [""; 0]);
}
