//! `type Pair[A, B] = …` and `def etl[T](…)`: as Prefect 3.9.1 has them on Python 3.12.

use expect_test::{Expect, expect};

use crate::dialect::Dialect;
use crate::python::flow;
use crate::tree::Tree;

const HEAD: &str = "from prefect import flow\n\ntype Ids = list[int]\ntype Pair[A, B] = tuple[A, B]\ntype Many[T] = dict[str, list[T]]\ntype Maybe[T] = T | None\n\n@flow\n";

fn check(function: &str, want: Expect) {
    let text = format!("{HEAD}{function}:\n    ...\n");
    let tree = Tree::of_texts([("f.py", text.as_str())]);
    let (facts, found) = flow(&tree, "f.py", "f", Dialect::new("3.9.1").unwrap());
    let schema = facts.unwrap().parameter_openapi_schema;
    let mut shown = vec![schema["properties"].to_string()];
    shown.extend(schema.get("definitions").map(ToString::to_string));
    shown.extend(found.into_iter().map(|it| it.message));
    want.assert_eq(&(shown.join("\n") + "\n"));
}

#[test]
fn an_alias_is_a_definition_for_each_of_its_arguments() {
    check(
        "def f(a: Pair[int, Ids], b: Many[Maybe[str]] = {}, c: Many = {})",
        expect![[r##"
        {"a":{"$ref":"#/definitions/Pair_int_Ids_","position":0,"title":"a"},"b":{"$ref":"#/definitions/Many_Maybe_str__","default":{},"position":1,"title":"b"},"c":{"$ref":"#/definitions/Many","default":{},"position":2,"title":"c"}}
        {"Ids":{"items":{"type":"integer"},"type":"array"},"Many":{"additionalProperties":{"items":{},"type":"array"},"type":"object"},"Many_Maybe_str__":{"additionalProperties":{"items":{"$ref":"#/definitions/Maybe_str_"},"type":"array"},"type":"object"},"Maybe_str_":{"anyOf":[{"type":"string"},{"type":"null"}]},"Pair_int_Ids_":{"maxItems":2,"minItems":2,"prefixItems":[{"type":"integer"},{"$ref":"#/definitions/Ids"}],"type":"array"}}
    "##]],
    );
    check(
        "def f(a: Pair[int])",
        expect![[r#"
        {"a":{"position":0,"title":"a"}}
        a type of `Pair[…]` cannot be read without running it; parameter `a` takes anything
    "#]],
    );
    check(
        "def f(a: list[Pair[int, str]], b: Pair[int, str] | None = None)",
        expect![[r##"
        {"a":{"items":{"$ref":"#/definitions/Pair_int_str_"},"position":0,"title":"a","type":"array"},"b":{"anyOf":[{"$ref":"#/definitions/Pair_int_str_"},{"type":"null"}],"default":null,"position":1,"title":"b"}}
        {"Pair_int_str_":{"maxItems":2,"minItems":2,"prefixItems":[{"type":"integer"},{"type":"string"}],"type":"array"}}
    "##]],
    );
}

#[test]
fn the_parameters_of_a_function_stand_for_what_they_are_bound_by() {
    check(
        "def f[T](a: T, b: list[T])",
        expect![[r#"
        {"a":{"position":0,"title":"a"},"b":{"items":{},"position":1,"title":"b","type":"array"}}
    "#]],
    );
    check(
        "def f[T: int, *Ts, **P](a: T, b: T = 3)",
        expect![[r#"
        {"a":{"position":0,"title":"a","type":"integer"},"b":{"default":3,"position":1,"title":"b","type":"integer"}}
    "#]],
    );
    check(
        "def f[T: (int, str)](a: list[T] = [])",
        expect![[r#"
        {"a":{"default":[],"items":{"anyOf":[{"type":"integer"},{"type":"string"}]},"position":0,"title":"a","type":"array"}}
    "#]],
    );
}
