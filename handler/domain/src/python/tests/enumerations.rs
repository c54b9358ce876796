//! Enumerations that a call makes, and their members. Source of what is expected: Prefect 3.9.1 on Python 3.11.

use expect_test::expect;

use super::{defaults, types};

const HEAD: &str = "from enum import Enum, Flag, IntEnum, StrEnum\n";

#[test]
fn calls_make_enumerations() {
    let calls = [
        "Enum('Color', ['RED', 'GREEN'])",
        "Enum('Color', 'RED GREEN')",
        "Enum('Color', 'RED, GREEN')",
        "Enum('Color', {'RED': 'r', 'GREEN': 'g'})",
        "Enum('Color', [('RED', 'r'), ('GREEN', 'g')])",
        "Enum('Color', ['RED', 'GREEN'], start=5)",
        "StrEnum('Color', ['RED', 'GREEN'])",
        "IntEnum('Color', names=['RED', 'GREEN'])",
        "Flag('Color', ['A', 'B', 'C'])",
        "Enum('Color', ['RED', 'GREEN'], type=str)",
        "Enum(value='Color', names=['A'], qualname='Z')",
        "Enum('Color', names())",
    ];
    let shown = calls.map(|it| types::shown(&format!("{HEAD}E = {it}"), "E") + "\n");
    expect![[r##"
        {"$ref":"#/definitions/Color"} with {"Color":{"type":"integer","enum":[1,2],"title":"Color"}}
        {"$ref":"#/definitions/Color"} with {"Color":{"type":"integer","enum":[1,2],"title":"Color"}}
        {"$ref":"#/definitions/Color"} with {"Color":{"type":"integer","enum":[1,2],"title":"Color"}}
        {"$ref":"#/definitions/Color"} with {"Color":{"type":"string","enum":["r","g"],"title":"Color"}}
        {"$ref":"#/definitions/Color"} with {"Color":{"type":"string","enum":["r","g"],"title":"Color"}}
        {"$ref":"#/definitions/Color"} with {"Color":{"type":"integer","enum":[5,6],"title":"Color"}}
        {"$ref":"#/definitions/Color"} with {"Color":{"type":"string","enum":["red","green"],"title":"Color"}}
        {"$ref":"#/definitions/Color"} with {"Color":{"type":"integer","enum":[1,2],"title":"Color"}}
        {"$ref":"#/definitions/Color"} with {"Color":{"type":"integer","enum":[1,2,4],"title":"Color"}}
        {"$ref":"#/definitions/Color"} with {"Color":{"type":"string","enum":["1","2"],"title":"Color"}}
        {"$ref":"#/definitions/Z"} with {"Z":{"type":"integer","enum":[1],"title":"Color"}}
        {} unresolved-annotation: an enumeration that a call makes cannot be read without running it; parameter `x` takes anything
    "##]].assert_eq(&shown.concat());
}

#[test]
fn members_are_found_by_name_and_value() {
    defaults::check(
        &[HEAD, "E = Enum('Color', 'RED GREEN')\nclass C(Enum):\n    A = 'a'\n    B = 'b'\n"]
            .concat(),
        &[
            "E.RED",
            "E['GREEN']",
            "E(1)",
            "E(3)",
            "E.RED.name",
            "C['A']",
            "C('b')",
            "C['Z']",
            "C('z')",
        ],
        expect![[r#"
            E.RED -> 1
            E['GREEN'] -> 2
            E(1) -> 1
            E(3) -> ?
            E.RED.name -> "RED"
            C['A'] -> "a"
            C('b') -> "b"
            C['Z'] -> ?
            C('z') -> ?
        "#]],
    );
}
