//! Annotations beyond the golden rows. Source of what is expected: pydantic 2.13.4 on Python 3.11.

use expect_test::{Expect, expect};

use super::super::*;

const HEAD: &str = "
import annotated_types, datetime, decimal
from collections import deque
from typing import Annotated, Deque, Dict, Iterable, List, Literal, Mapping, Optional, Sequence
from prefect import flow
from pydantic import Field, StringConstraints, conset
";

/// The property of each of `annotations`, one a line, and what is said about them.
pub(super) fn check(prelude: &str, annotations: &[&str], want: Expect) {
    let mut out = String::new();
    for it in annotations {
        out += &[&shown(prelude, it), "\n"].concat();
    }
    want.assert_eq(&out);
}

pub(super) fn shown(prelude: &str, annotation: &str) -> String {
    let text = format!("{HEAD}{prelude}\n@flow\ndef f(x: {annotation}): ...\n");
    let tree = Tree::of_texts([("f.py", text.as_str())]);
    let (facts, found) = flow(&tree, "f.py", "f", Dialect::new("3.9.1").unwrap());
    let mut schema = facts.unwrap().parameter_openapi_schema;
    let mut property = schema["properties"]["x"].take();
    property.as_object_mut().unwrap().retain(|key, _| key != "position" && key != "title");
    let mut out = property.to_string();
    if let Some(it) = schema.get("definitions") {
        out += &[" with ", &it.to_string()].concat();
    }
    for it in found {
        out += &[" ", it.code, ": ", &it.message].concat();
    }
    out
}

#[test]
fn a_length_is_that_of_what_has_it() {
    let lengths = |it: &str| format!("Annotated[{it}, Field(min_length=1, max_length=3)]");
    let all = [
        "list[int]",
        "set[int]",
        "frozenset[int]",
        "tuple[int, ...]",
        "tuple[int, int]",
        "Sequence[int]",
        "Iterable[int]",
        "dict[str, int]",
        "Mapping[str, int]",
        "str",
        "bytes",
        "Deque[int]",
        "Optional[str]",
        "Optional[list[int]]",
        "str | list[int]",
    ];
    let all: Vec<String> = all.into_iter().map(lengths).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    check(
        "",
        &all,
        expect![[r#"
            {"items":{"type":"integer"},"maxItems":3,"minItems":1,"type":"array"}
            {"items":{"type":"integer"},"maxItems":3,"minItems":1,"type":"array","uniqueItems":true}
            {"items":{"type":"integer"},"maxItems":3,"minItems":1,"type":"array","uniqueItems":true}
            {"items":{"type":"integer"},"maxItems":3,"minItems":1,"type":"array"}
            {"maxItems":3,"minItems":1,"prefixItems":[{"type":"integer"},{"type":"integer"}],"type":"array"}
            {"items":{"type":"integer"},"maxItems":3,"minItems":1,"type":"array"}
            {"items":{"type":"integer"},"maxItems":3,"minItems":1,"type":"array"}
            {"additionalProperties":{"type":"integer"},"maxProperties":3,"minProperties":1,"type":"object"}
            {"additionalProperties":{"type":"integer"},"maxProperties":3,"minProperties":1,"type":"object"}
            {"maxLength":3,"minLength":1,"type":"string"}
            {"format":"binary","maxLength":3,"minLength":1,"type":"string"}
            {"items":{"type":"integer"},"maxLength":3,"minLength":1,"type":"array"}
            {"anyOf":[{"maxLength":3,"minLength":1,"type":"string"},{"type":"null"}]}
            {"anyOf":[{"items":{"type":"integer"},"maxItems":3,"minItems":1,"type":"array"},{"type":"null"}]}
            {"anyOf":[{"type":"string"},{"items":{"type":"integer"},"type":"array"}],"maxLength":3,"minLength":1}
        "#]],
    );
}

#[test]
fn limits_are_kept_whoever_says_them() {
    check(
        "LOW = 1",
        &[
            "Annotated[Optional[int], Field(ge=LOW)]",
            "Annotated[int | str, Field(ge=1)]",
            "Annotated[decimal.Decimal, Field(ge=1)]",
            "Annotated[datetime.date, Field(ge=datetime.date(2024, 1, 1))]",
            "Annotated[str, StringConstraints(min_length=1, to_lower=True)]",
            "Annotated[list[int], annotated_types.Len(1, 2)]",
            "Annotated[int, annotated_types.Ge(1)]",
            "conset(int, min_length=1)",
            "Annotated[int, Field(ge=limit())]",
        ],
        expect![[r#"
            {"anyOf":[{"minimum":1,"type":"integer"},{"type":"null"}]}
            {"anyOf":[{"type":"integer"},{"type":"string"}],"ge":1}
            {"anyOf":[{"minimum":1.0,"type":"number"},{"type":"string"}]}
            {"format":"date","type":"string"}
            {"minLength":1,"type":"string"}
            {"items":{"type":"integer"},"maxItems":2,"minItems":1,"type":"array"}
            {"minimum":1,"type":"integer"}
            {"items":{"type":"integer"},"minItems":1,"type":"array","uniqueItems":true}
            {} unresolved-annotation: `ge` of `pydantic.Field` cannot be read without running it; parameter `x` takes anything
        "#]],
    );
}

const ENUMS: &str = "
from enum import Enum, Flag, IntEnum, IntFlag, StrEnum, auto
import enum
class A(Enum):
    X = auto()
    Y = enum.auto()
class B(IntEnum):
    X = 5
    Y = auto()
    Z = 1
    W = auto()
class C(StrEnum):
    XA = auto()
    Y = 'q'
class D(Flag):
    X = auto()
    Y = auto()
    Z = X | Y
class E(IntFlag):
    X = auto()
    Y = 8
    Z = auto()
class F(str, Enum):
    X = auto()
    Y = auto()
class H(Enum):
    X = 'a'
    Y: int = auto()
    _ignore_ = []
    __p = 3
    _q = 4
    def label(self): ...
class I(Enum):
    X = (1, 2)
    Y = (3, 4)
class J(str, Enum):
    X = 'a'
    Y = load()
class K(Enum):
    def _generate_next_value_(name, *rest): return name
    X = auto()
class L(Enum):
    X, Y = 1, 2
";

#[test]
fn members_are_counted_as_python_does() {
    check(
        ENUMS,
        &["A", "B", "C", "D", "E", "F", "H", "I"],
        expect![[r##"
            {"$ref":"#/definitions/A"} with {"A":{"type":"integer","enum":[1,2],"title":"A"}}
            {"$ref":"#/definitions/B"} with {"B":{"type":"integer","enum":[5,6,1,7],"title":"B"}}
            {"$ref":"#/definitions/C"} with {"C":{"type":"string","enum":["xa","q"],"title":"C"}}
            {"$ref":"#/definitions/D"} with {"D":{"type":"integer","enum":[1,2,3],"title":"D"}}
            {"$ref":"#/definitions/E"} with {"E":{"type":"integer","enum":[1,8,16],"title":"E"}}
            {"$ref":"#/definitions/F"} with {"F":{"type":"string","enum":["1","2"],"title":"F"}}
            {"$ref":"#/definitions/H"} with {"H":{"enum":["a",1,4],"title":"H"}}
            {"$ref":"#/definitions/I"} with {"I":{"type":"array","enum":[[1,2],[3,4]],"title":"I"}}
        "##]],
    );
}

#[test]
fn a_member_that_cannot_be_read_is_never_dropped_in_silence() {
    check(
        ENUMS,
        &["J", "Optional[K]", "L"],
        expect![[r#"
            {} unresolved-annotation: member `Y` of `J` cannot be read without running it; parameter `x` takes anything
            {} unresolved-annotation: member `X` of `K` cannot be read without running it; parameter `x` takes anything
            {} unresolved-annotation: member `X` of `L` cannot be read without running it; parameter `x` takes anything
        "#]],
    );
}

const DOUBLED: &str = "{} unresolved-annotation: this type is too large to be written out; parameter `x` takes anything";

#[test]
fn aliases_that_double_do_not_fill_the_memory() {
    for alias in ["tuple[@, @]", "dict[str, tuple[@, @]]", "list[@] | set[@]"] {
        let mut prelude = "a0 = int\n".to_owned();
        for level in 1..35 {
            let before = ["a", &(level - 1).to_string()].concat();
            prelude +=
                &["a", &level.to_string(), " = ", &alias.replace('@', &before), "\n"].concat();
        }
        assert_eq!(shown(&prelude, "a34"), DOUBLED, "{alias}");
    }
}

#[test]
fn a_long_union_is_read() {
    let members: Vec<String> = (0..60).map(|it| format!("Literal[{it}]")).collect();
    let found = shown("", &members.join(" | "));
    assert!(found.contains(r#""const":0"#) && found.contains(r#""const":59"#), "{found}");
}

#[test]
fn a_type_that_names_itself_ends() {
    let model = "import pydantic\na = list['a']\nclass M(pydantic.BaseModel):\n    x: 'a'\n";
    assert_eq!(shown(model, "M"), DOUBLED);
}

#[test]
fn a_text_that_is_no_python_is_an_error_and_no_crash() {
    let escaped = ["'", &"\\x2d".repeat(50_000), "1'"].concat();
    for annotation in ["'some text'", "list['some text']", &escaped] {
        let text = format!("{HEAD}\n@flow\ndef f(x: {annotation}): ...\n");
        let tree = Tree::of_texts([("f.py", text.as_str())]);
        let (facts, found) = flow(&tree, "f.py", "f", Dialect::new("3.9.1").unwrap());
        assert_eq!(facts, None);
        assert_eq!(found[0].code, "annotation-syntax");
    }
    check(
        "",
        &["' int'"],
        expect![[r#"
        {"type":"integer"}
    "#]],
    );
}

#[test]
fn values_of_a_literal_are_read_or_said() {
    check(
        "MODE = 'a'",
        &["Literal[MODE, 'b']", "Literal[mode(), 'b']"],
        expect![[r##"
            {"enum":["a","b"],"type":"string"}
            {} unresolved-annotation: a value of `Literal` cannot be read without running it; parameter `x` takes anything
        "##]],
    );
}
