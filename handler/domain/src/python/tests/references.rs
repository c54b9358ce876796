//! Texts in annotations, and names that are bound for type checkers only.

use expect_test::{Expect, expect};

use super::super::*;

/// The properties of the flow `f` on 3.9 and on 2.20.
fn check(text: &str, want: Expect) {
    let tree = Tree::of_texts([("f.py", text)]);
    let one = |version: &str| {
        let (facts, _) = flow(&tree, "f.py", "f", Dialect::new(version).unwrap());
        let schema = facts.map(|it| it.parameter_openapi_schema).unwrap_or_default();
        [&schema["properties"].to_string(), "\n"].concat()
    };
    want.assert_eq(&[one("3.9.1"), one("2.20.27")].concat());
}

const HEAD: &str = "
from typing import TYPE_CHECKING, List, Optional
from prefect import flow
from pydantic import BaseModel
if TYPE_CHECKING:
    from pandas import DataFrame
class M(BaseModel):
    x: int
";

#[test]
fn a_text_inside_a_type_knows_only_what_is_pythons_own() {
    let flow = "@flow\ndef f(a: 'M', b: Optional['M'], c: List['int'], d: 'Optional[int]'): ...\n";
    check(
        &[HEAD, flow].concat(),
        expect![[r##"
        {"a":{"$ref":"#/definitions/M","position":0,"title":"a"},"b":{"position":1,"title":"b"},"c":{"items":{"type":"integer"},"position":2,"title":"c","type":"array"},"d":{"anyOf":[{"type":"integer"},{"type":"null"}],"position":3,"title":"d"}}
        {"a":{"$ref":"#/definitions/M","position":0,"title":"a"},"b":{"position":1,"title":"b"},"c":{"items":{"type":"integer"},"position":2,"title":"c","type":"array"},"d":{"anyOf":[{"type":"integer"},{"type":"null"}],"position":3,"title":"d"}}
    "##]],
    );
}

#[test]
fn an_unbound_name_in_one_text_makes_all_texts_raw() {
    let flow = "@flow\ndef f(a: 'DataFrame', b: 'M', c: 'int', d: M): ...\n";
    check(
        &[HEAD, flow].concat(),
        expect![[r##"
        {"a":{"position":0,"title":"a"},"b":{"position":1,"title":"b"},"c":{"position":2,"title":"c","type":"integer"},"d":{"$ref":"#/definitions/M","position":3,"title":"d"}}
        {"a":{"position":0,"title":"a"},"b":{"position":1,"title":"b"},"c":{"position":2,"title":"c","type":"integer"},"d":{"$ref":"#/definitions/M","position":3,"title":"d"}}
    "##]],
    );
}

#[test]
fn where_all_annotations_are_texts_an_unbound_name_makes_all_raw() {
    let future = "from __future__ import annotations\n";
    let flow = "@flow\ndef f(a: M, b: Optional[int], c: int | None) -> DataFrame: ...\n";
    check(
        &[future, HEAD, flow].concat(),
        expect![[r#"
        {"a":{"position":0,"title":"a"},"b":{"position":1,"title":"b"},"c":{"anyOf":[{"type":"integer"},{"type":"null"}],"position":2,"title":"c"}}
        {"a":{"position":0,"title":"a"},"b":{"position":1,"title":"b"},"c":{"anyOf":[{"type":"integer"},{"type":"null"}],"position":2,"title":"c"}}
    "#]],
    );
}

#[test]
fn in_a_file_that_lacks_a_package_only_the_unbound_name_is_lost() {
    let future = "from __future__ import annotations\nimport polars as pd\n";
    let flow = "@flow\ndef f(a: DataFrame, b: Optional[int], c: pd.Series): ...\n";
    check(
        &[future, HEAD, flow].concat(),
        expect![[r#"
        {"a":{"position":0,"title":"a"},"b":{"anyOf":[{"type":"integer"},{"type":"null"}],"position":1,"title":"b"},"c":{"position":2,"title":"c"}}
        {"a":{"position":0,"title":"a"},"b":{"anyOf":[{"type":"integer"},{"type":"null"}],"position":1,"title":"b"},"c":{"position":2,"title":"c"}}
    "#]],
    );
}

#[test]
fn a_class_below_is_unknown_to_one_that_2_20_made_before() {
    let models = "
class Left(BaseModel):
    right: Optional['Right'] = None
class Right(BaseModel):
    left: Optional[Left] = None
    right: Optional['Right'] = None
";
    for (flow, want) in [
        (
            "@flow\ndef f(a: Left): ...\n",
            expect![[r##"
            {"a":{"$ref":"#/definitions/Left","position":0,"title":"a"}}
            {"a":{"position":0,"title":"a"}}
        "##]],
        ),
        (
            "@flow\ndef f(a: Right): ...\n",
            expect![[r##"
            {"a":{"$ref":"#/definitions/Right","position":0,"title":"a"}}
            {"a":{"$ref":"#/definitions/Right","position":0,"title":"a"}}
        "##]],
        ),
    ] {
        check(&[HEAD, models, flow].concat(), want);
    }
}

#[test]
fn a_dataclass_has_its_texts_read_when_2_20_has_forgotten_the_module() {
    let records = "from dataclasses import dataclass\n@dataclass\nclass D:\n    x: 'M'\n";
    check(
        &[HEAD, records, "@flow\ndef f(a: D): ...\n"].concat(),
        expect![[r##"
        {"a":{"$ref":"#/definitions/D","position":0,"title":"a"}}
        {"a":{"position":0,"title":"a"}}
    "##]],
    );
}
