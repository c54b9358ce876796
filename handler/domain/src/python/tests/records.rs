//! Models and their like beyond the golden rows. Source of what is expected: pydantic 2.13.4 on Python 3.11.

use expect_test::expect;

use super::super::*;
use super::types::{check, shown};

const HEAD: &str = "
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, ClassVar, Generic, NamedTuple, NotRequired, Required, TypedDict, TypeVar
from pydantic import BaseModel, ConfigDict, field_validator
class A(Enum):
    X = 1
";

fn with(prelude: &str) -> String {
    [HEAD, prelude].concat()
}

#[test]
fn fields_of_a_model_are_those_of_pydantic() {
    let model = "
class M(BaseModel):
    '''Doc
       two'''
    model_config = ConfigDict(extra='forbid', title='Zed', frozen=True)
    a: int
    b: str = Field('x', title='Bee', description='d', examples=[1], alias='bB', min_length=2)
    f: list[int] = Field(default_factory=list)
    g: Optional[A] = None
    h: A = A.X
    i: 'M' = None
    j: Annotated[int, Field(ge=1, description='q', title='T')] = 3
    _priv: int = 3
    cv: ClassVar[int] = 3
    camelCase: int = 1
    a1_b2: int = 1
    XML_doc: int = 2
    p: Any
    u: dict[str, 'M'] = {}
    r: 'M' = Field(description='dd')
    ex: int = Field(3, json_schema_extra={'z': 1}, deprecated=True)
    def method(self): ...
    @field_validator('a')
    def checked(cls, it): return it
";
    check(
        &with(model),
        &["M"],
        expect![[r##"
            {"$ref":"#/definitions/M"} with {"A":{"type":"integer","enum":[1],"title":"A"},"M":{"additionalProperties":false,"description":"Doc\ntwo","properties":{"a":{"title":"A","type":"integer"},"bB":{"default":"x","description":"d","examples":[1],"minLength":2,"title":"Bee","type":"string"},"f":{"items":{"type":"integer"},"title":"F","type":"array"},"g":{"anyOf":[{"$ref":"#/definitions/A"},{"type":"null"}],"default":null},"h":{"$ref":"#/definitions/A","default":1},"i":{"$ref":"#/definitions/M","default":null},"j":{"default":3,"description":"q","minimum":1,"title":"T","type":"integer"},"camelCase":{"default":1,"title":"Camelcase","type":"integer"},"a1_b2":{"default":1,"title":"A1 B2","type":"integer"},"XML_doc":{"default":2,"title":"Xml Doc","type":"integer"},"p":{"title":"P"},"u":{"additionalProperties":{"$ref":"#/definitions/M"},"default":{},"title":"U","type":"object"},"r":{"$ref":"#/definitions/M","description":"dd"},"ex":{"default":3,"deprecated":true,"title":"Ex","type":"integer","z":1}},"required":["a","p","r"],"title":"Zed","type":"object"}}
        "##]],
    );
}

#[test]
fn a_subclass_has_the_fields_of_its_bases() {
    let models = "
class P(BaseModel):
    '''Parent.'''
    x: int = 3
    y: str
class Q(P):
    z: int
    x: str
class O(BaseModel):
    model_config = {'extra': 'allow'}
@dataclass
class D:
    a: int
@dataclass()
class E(D):
    '''Doc.'''
    b: list = field(default_factory=list)
    c: int = field(default=3)
class T(TypedDict, total=False):
    a: Required[int]
    b: int
class N(NamedTuple):
    a: A
    b: Optional[str] = None
";
    check(
        &with(models),
        &["Q", "E", "T", "list[N]"],
        expect![[r##"
            {"$ref":"#/definitions/Q"} with {"Q":{"properties":{"x":{"title":"X","type":"string"},"y":{"title":"Y","type":"string"},"z":{"title":"Z","type":"integer"}},"required":["x","y","z"],"title":"Q","type":"object"}}
            {"$ref":"#/definitions/E"} with {"E":{"description":"Doc.","properties":{"a":{"title":"A","type":"integer"},"b":{"items":{},"title":"B","type":"array"},"c":{"default":3,"title":"C","type":"integer"}},"required":["a"],"title":"E","type":"object"}}
            {"$ref":"#/definitions/T"} with {"T":{"properties":{"a":{"title":"A","type":"integer"},"b":{"title":"B","type":"integer"}},"required":["a"],"title":"T","type":"object"}}
            {"items":{"$ref":"#/definitions/N"},"type":"array"} with {"A":{"type":"integer","enum":[1],"title":"A"},"N":{"maxItems":2,"minItems":1,"prefixItems":[{"$ref":"#/definitions/A"},{"anyOf":[{"type":"string"},{"type":"null"}],"default":null,"title":"B"}],"type":"array"}}
        "##]],
    );
}

#[test]
fn what_of_a_model_cannot_be_read_is_said() {
    let models = "
T = TypeVar('T')
class C(BaseModel):
    class Config:
        title = 'x'
class G(BaseModel, Generic[T]):
    a: T
class S(BaseModel):
    model_config = ConfigDict(alias_generator=str)
class V(BaseModel):
    a: int
    @field_validator('a', mode='plain')
    def f(cls, it): return it
class F(BaseModel):
    a: int = load()
class W(BaseModel):
    good: A
    bad: Missing
";
    check(
        &with(models),
        &["C", "G", "S", "V", "F", "W"],
        expect![[r##"
            {"$ref":"#/definitions/C"} with {"C":{"properties":{},"title":"x","type":"object"}}
            {"$ref":"#/definitions/G"} with {"G":{"properties":{"a":{"title":"A"}},"required":["a"],"title":"G","type":"object"}}
            {} unresolved-annotation: `alias_generator` of `S` cannot be read without running it; parameter `x` takes anything
            {"$ref":"#/definitions/V"} with {"V":{"properties":{"a":{"title":"A"}},"required":["a"],"title":"V","type":"object"}}
            {} unresolved-annotation: the default of field `a` cannot be read without running it; parameter `x` takes anything
            {} unresolved-annotation: the type `Missing` is not known here; parameter `x` takes anything
        "##]],
    );
}

#[test]
fn a_model_that_failed_leaves_no_definition() {
    let models = "
class W(BaseModel):
    good: A
    bad: Missing
";
    let both = shown(&with(models), "W, y: A = A.X, z: W = None");
    assert!(both.contains(r##"with {"A":{"##) && !both.contains("null with"), "{both}");
    assert!(!both.contains("definitions/W"), "{both}");
}

#[test]
fn a_model_of_models_without_end_ends() {
    let mut models = String::new();
    for level in 0..60 {
        let next = (level + 1).to_string();
        let fields = ["    a: 'M", &next, "'\n    b: 'M", &next, "'\n"].concat();
        models += &["class M", &level.to_string(), "(BaseModel):\n", &fields].concat();
    }
    models += "class M60(BaseModel):\n    a: int\n";
    assert!(shown(&with(&models), "M0").contains("too large"));
}

#[test]
fn bases_that_double_end() {
    let mut models = "class B0: ...\n".to_owned();
    for level in 1..40 {
        let before = ["B", &(level - 1).to_string()].concat();
        let bases = [before.as_str(); 9].join(", ");
        models += &["class B", &level.to_string(), "(", &bases, "): ...\n"].concat();
    }
    let text = format!("{HEAD}from prefect import flow\n{models}@flow\ndef f(x: B39): ...\n");
    let tree = Tree::of_texts([("f.py", text.as_str())]);
    let (_, found) = flow(&tree, "f.py", "f", Dialect::new("3.9.1").unwrap());
    assert_eq!(found[0].code, "too-complex");
}

#[test]
fn a_total_typed_dict_keeps_what_it_inherits_needed() {
    let models = "
class Base(TypedDict):
    a: int
class Child(Base, total=False):
    b: int
";
    check(
        &with(models),
        &["Child"],
        expect![[r##"
        {"$ref":"#/definitions/Child"} with {"Child":{"properties":{"a":{"title":"A","type":"integer"},"b":{"title":"B","type":"integer"}},"required":["a"],"title":"Child","type":"object"}}
    "##]],
    );
}
