//! Generic models. Source of what is expected: Prefect 3.9.1 on Python 3.11.

use expect_test::expect;

use super::defaults;
use super::types::{check, shown};

const HEAD: &str = "
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeVar
from pydantic import BaseModel
class Color(Enum):
    RED = 'red'
class Mo(BaseModel):
    a: int
T = TypeVar('T')
U = TypeVar('U')
B = TypeVar('B', bound=Mo)
C = TypeVar('C', int, str)
class Page(BaseModel, Generic[T]):
    'Some items.'
    items: list[T]
    n: int = 1
class Two(BaseModel, Generic[T, U]):
    items: dict[str, T]
    u: Optional[U] = None
class IntPage(Page[int]):
    z: int
class Sub(Page[T], Generic[T]):
    z: T
class Bounded(BaseModel, Generic[B]):
    items: B
class Either(BaseModel, Generic[C]):
    items: C
@dataclass
class Data(Generic[T]):
    items: T
";

#[test]
fn a_type_stands_for_the_variable() {
    check(
        HEAD,
        &["Page[int]", "Page", "Two[int, Color]", "Two[list[int], Two[int, str]]", "Data[int]"],
        expect![[r##"
            {"$ref":"#/definitions/Page_int_"} with {"Page_int_":{"properties":{"items":{"items":{"type":"integer"},"title":"Items","type":"array"},"n":{"default":1,"title":"N","type":"integer"}},"required":["items"],"title":"Page[int]","type":"object"}}
            {"$ref":"#/definitions/Page"} with {"Page":{"description":"Some items.","properties":{"items":{"items":{},"title":"Items","type":"array"},"n":{"default":1,"title":"N","type":"integer"}},"required":["items"],"title":"Page","type":"object"}}
            {"$ref":"#/definitions/Two_int_Color_"} with {"Color":{"type":"string","enum":["red"],"title":"Color"},"Two_int_Color_":{"properties":{"items":{"additionalProperties":{"type":"integer"},"title":"Items","type":"object"},"u":{"anyOf":[{"$ref":"#/definitions/Color"},{"type":"null"}],"default":null}},"required":["items"],"title":"Two[int, Color]","type":"object"}}
            {"$ref":"#/definitions/Two_list_int__Two_int__str__"} with {"Two_int_str_":{"properties":{"items":{"additionalProperties":{"type":"integer"},"title":"Items","type":"object"},"u":{"anyOf":[{"type":"string"},{"type":"null"}],"default":null,"title":"U"}},"required":["items"],"title":"Two[int, str]","type":"object"},"Two_list_int__Two_int__str__":{"properties":{"items":{"additionalProperties":{"items":{"type":"integer"},"type":"array"},"title":"Items","type":"object"},"u":{"anyOf":[{"$ref":"#/definitions/Two_int_str_"},{"type":"null"}],"default":null}},"required":["items"],"title":"Two[list[int], Two[int, str]]","type":"object"}}
            {"$ref":"#/definitions/Data_int_"} with {"Data_int_":{"properties":{"items":{"title":"Items","type":"integer"}},"required":["items"],"title":"Data","type":"object"}}
        "##]],
    );
}

#[test]
fn a_subclass_binds_the_variables_of_its_base() {
    check(
        HEAD,
        &["IntPage", "Sub[int]", "Bounded", "Bounded[Mo]", "Either"],
        expect![[r##"
        {"$ref":"#/definitions/IntPage"} with {"IntPage":{"properties":{"items":{"items":{"type":"integer"},"title":"Items","type":"array"},"n":{"default":1,"title":"N","type":"integer"},"z":{"title":"Z","type":"integer"}},"required":["items","z"],"title":"IntPage","type":"object"}}
        {"$ref":"#/definitions/Sub_int_"} with {"Sub_int_":{"properties":{"items":{"items":{"type":"integer"},"title":"Items","type":"array"},"n":{"default":1,"title":"N","type":"integer"},"z":{"title":"Z","type":"integer"}},"required":["items","z"],"title":"Sub[int]","type":"object"}}
        {"$ref":"#/definitions/Bounded"} with {"Bounded":{"properties":{"items":{"$ref":"#/definitions/Mo"}},"required":["items"],"title":"Bounded","type":"object"},"Mo":{"properties":{"a":{"title":"A","type":"integer"}},"required":["a"],"title":"Mo","type":"object"}}
        {"$ref":"#/definitions/Bounded_Mo_"} with {"Bounded_Mo_":{"properties":{"items":{"$ref":"#/definitions/Mo"}},"required":["items"],"title":"Bounded[Mo]","type":"object"},"Mo":{"properties":{"a":{"title":"A","type":"integer"}},"required":["a"],"title":"Mo","type":"object"}}
        {"$ref":"#/definitions/Either"} with {"Either":{"properties":{"items":{"anyOf":[{"type":"integer"},{"type":"string"}],"title":"Items"}},"required":["items"],"title":"Either","type":"object"}}
    "##]],
    );
}

#[test]
fn definitions_are_called_as_pydantic_calls_them() {
    let names = [
        "Page[Optional[int]]",
        "Page[int | None]",
        "Page[Literal['a']]",
        "Page[Any]",
        "Page[datetime.date]",
        "Page[dict[str, int]]",
        "Page[Sub[int]]",
        "Page[int, str]",
        "Page[1]",
    ];
    let name = |it: &str| {
        let shown = shown(HEAD, it);
        shown.split(" with ").next().unwrap_or_default().to_owned() + "\n"
    };
    expect![[r##"
        {"$ref":"#/definitions/Page_Union_int__NoneType__"}
        {"$ref":"#/definitions/Page_Union_int__NoneType__"}
        {"$ref":"#/definitions/Page_Literal__a___"}
        {"$ref":"#/definitions/Page_Any_"}
        {"$ref":"#/definitions/Page_date_"}
        {"$ref":"#/definitions/Page_dict_str__int__"}
        {"$ref":"#/definitions/Page_Sub_int__"}
        {}
        {} unresolved-annotation: a type of `Page[…]` cannot be read without running it; parameter `x` takes anything
    "##]].assert_eq(&names.map(name).concat());
}

#[test]
fn an_instance_of_one_is_that_of_the_class() {
    defaults::check(
        &["from typing import Optional", HEAD].concat(),
        &["Page[int](items=[3])", "Page(items=[])", "Data[int](3)"],
        expect![[r#"
            Page[int](items=[3]) -> {"items":[3],"n":1}
            Page(items=[]) -> {"items":[],"n":1}
            Data[int](3) -> {"items":3}
        "#]],
    );
}

#[test]
fn generics_without_end_end() {
    let prelude = "
from typing import Generic, TypeVar
from pydantic import BaseModel
T = TypeVar('T')
class Node(BaseModel, Generic[T]):
    next: 'Optional[Node[list[T]]]' = None
";
    assert!(shown(prelude, "Node[int]").contains("unresolved-annotation"));
}

/// The same of Python 3.12.
#[test]
fn variables_of_a_class_of_newer_python_are_its_own() {
    let prelude = "
from dataclasses import dataclass
from pydantic import BaseModel
class Box[T](BaseModel):
    item: T
    items: list[T] = []
class IntBox(Box[int]):
    extra: str = 'x'
class Bound[T: (int, str)](BaseModel):
    item: T
class Up[T: BaseModel](BaseModel):
    item: T
@dataclass
class Pair[A, B]:
    a: A
    b: list[B]
";
    check(
        prelude,
        &["Box[int]", "Box", "IntBox", "Bound", "Up", "Pair[int, Box[str]]"],
        expect![[r##"
            {"$ref":"#/definitions/Box_int_"} with {"Box_int_":{"properties":{"item":{"title":"Item","type":"integer"},"items":{"default":[],"items":{"type":"integer"},"title":"Items","type":"array"}},"required":["item"],"title":"Box[int]","type":"object"}}
            {"$ref":"#/definitions/Box"} with {"Box":{"properties":{"item":{"title":"Item"},"items":{"default":[],"items":{},"title":"Items","type":"array"}},"required":["item"],"title":"Box","type":"object"}}
            {"$ref":"#/definitions/IntBox"} with {"IntBox":{"properties":{"item":{"title":"Item","type":"integer"},"items":{"default":[],"items":{"type":"integer"},"title":"Items","type":"array"},"extra":{"default":"x","title":"Extra","type":"string"}},"required":["item"],"title":"IntBox","type":"object"}}
            {"$ref":"#/definitions/Bound"} with {"Bound":{"properties":{"item":{"anyOf":[{"type":"integer"},{"type":"string"}],"title":"Item"}},"required":["item"],"title":"Bound","type":"object"}}
            {"$ref":"#/definitions/Up"} with {"BaseModel":{"properties":{},"title":"BaseModel","type":"object"},"Up":{"properties":{"item":{"$ref":"#/definitions/BaseModel"}},"required":["item"],"title":"Up","type":"object"}}
            {"$ref":"#/definitions/Pair_int_Box_str__"} with {"Box_str_":{"properties":{"item":{"title":"Item","type":"string"},"items":{"default":[],"items":{"type":"string"},"title":"Items","type":"array"}},"required":["item"],"title":"Box[str]","type":"object"},"Pair_int_Box_str__":{"properties":{"a":{"title":"A","type":"integer"},"b":{"items":{"$ref":"#/definitions/Box_str_"},"title":"B","type":"array"}},"required":["a","b"],"title":"Pair","type":"object"}}
        "##]],
    );
}
