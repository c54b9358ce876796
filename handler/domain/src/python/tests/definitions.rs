//! What definitions are called when classes have one name. Source of what is expected: Prefect 3.9.1 and 2.20.27.

use expect_test::expect;

use super::super::*;
use super::modules::shown;

#[test]
fn classes_of_one_name_have_the_module_in_theirs() {
    let module = |value: &str| {
        format!(
            "from enum import Enum\nfrom pydantic import BaseModel\nclass Mode(Enum):\n    A = {value}\nclass M(BaseModel):\n    m: Mode\n"
        )
    };
    let flow = "from prefect import flow\nfrom enum import Enum\nimport c, pkg.d, same\nclass Mode(Enum):\n    Z = 3\n@flow\ndef f(";
    let (one, two) = (module("1"), module("2"));
    let mut out = String::new();
    for parameters in [
        "x: Mode, y: c.Mode",
        "x: c.M, y: pkg.d.M",
        "x: c.M, y: same.M",
        "x: dict[c.Mode, int], y: list[same.Mode]",
    ] {
        let text = [flow, parameters, "): ...\n"].concat();
        let files = [
            ("jobs/f.py", text.as_str()),
            ("jobs/c.py", one.as_str()),
            ("pkg/__init__.py", ""),
            ("pkg/d.py", two.as_str()),
            ("same.py", one.as_str()),
        ];
        out += &shown("jobs/f.py", &files);
    }
    expect![[r##"
        {"x":{"$ref":"#/definitions/f__Mode","position":0,"title":"x"},"y":{"$ref":"#/definitions/c__Mode","position":1,"title":"y"}} {"c__Mode":{"type":"integer","enum":[1],"title":"Mode"},"f__Mode":{"type":"integer","enum":[3],"title":"Mode"}}
        {"x":{"$ref":"#/definitions/c__M","position":0,"title":"x"},"y":{"$ref":"#/definitions/pkg__d__M","position":1,"title":"y"}} {"c__M":{"properties":{"m":{"$ref":"#/definitions/c__Mode"}},"required":["m"],"title":"M","type":"object"},"c__Mode":{"type":"integer","enum":[1],"title":"Mode"},"pkg__d__M":{"properties":{"m":{"$ref":"#/definitions/pkg__d__Mode"}},"required":["m"],"title":"M","type":"object"},"pkg__d__Mode":{"type":"integer","enum":[2],"title":"Mode"}}
        {"x":{"$ref":"#/definitions/M","position":0,"title":"x"},"y":{"$ref":"#/definitions/M","position":1,"title":"y"}} {"M":{"properties":{"m":{"$ref":"#/definitions/Mode"}},"required":["m"],"title":"M","type":"object"},"Mode":{"type":"integer","enum":[1],"title":"Mode"}}
        {"x":{"additionalProperties":{"type":"integer"},"position":0,"propertyNames":{"$ref":"#/definitions/Mode"},"title":"x","type":"object"},"y":{"items":{"$ref":"#/definitions/Mode"},"position":1,"title":"y","type":"array"}} {"Mode":{"type":"integer","enum":[1],"title":"Mode"}}
    "##]].assert_eq(&out);
}

#[test]
fn an_older_prefect_calls_the_module_of_the_flow_its_loader() {
    let text = "from prefect import flow\nfrom enum import Enum\nimport c\nclass Mode(Enum):\n    Z = 3\n@flow\ndef f(x: Mode, y: c.Mode): ...\n";
    let c = "from enum import Enum\nclass Mode(Enum):\n    A = 1\n";
    let tree = Tree::of_texts([("f.py", text), ("c.py", c)]);
    let (facts, _) = flow(&tree, "f.py", "f", Dialect::new("2.20.27").unwrap());
    let schema = facts.unwrap().parameter_openapi_schema;
    let names: Vec<&String> = schema["definitions"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["__prefect_loader____Mode", "c__Mode"]);
}
