//! Signatures with a type of pydantic 1, which Prefect 2 describes by its rules.

use std::fmt::Write as _;

use serde_json::json;

use super::super::*;

const HEAD: &str = "\
from typing import *
from prefect import flow
from prefect.blocks.core import Block
from pydantic.v1 import BaseModel, Field, SecretStr, constr

class One(BaseModel):
    a: int = 1
";

fn of(text: &str, version: &str) -> (Option<FlowFacts>, Vec<Diagnostic>) {
    let text = format!("{HEAD}{text}");
    let tree = Tree::of_texts([("f.py", text.as_str())]);
    flow(&tree, "f.py", "f", Dialect::new(version).unwrap())
}

/// The schema of the parameter `x`, and what is said.
fn of_x(parameters: &str, version: &str) -> String {
    let (facts, found) = of(&format!("@flow\ndef f({parameters}): ...\n"), version);
    let mut schema = facts.unwrap().parameter_openapi_schema;
    let mut out = schema["properties"]["x"].take().to_string();
    for it in found {
        out += &[" ", it.code, ": ", &it.message].concat();
    }
    out
}

#[test]
fn one_type_of_pydantic_1_changes_all_parameters() {
    let newer =
        r#"{"anyOf":[{"type":"integer"},{"type":"null"}],"default":null,"position":1,"title":"x"}"#;
    let older = r#"{"position":1,"title":"x","type":"integer"}"#;
    let both =
        |first: &str, version| of_x(&format!("o: {first}, x: Optional[int] = None"), version);
    for first in ["One", "Optional[One]", "List[One]", "SecretStr", "constr(max_length=2)", "Block"]
    {
        assert_eq!(both(first, "2.20.27"), older, "{first}");
    }
    for first in ["int", "List[List[One]]", "Callable"] {
        assert_eq!(both(first, "2.20.27"), newer, "{first}");
    }
    for (first, want) in [("One", older), ("List[One]", older), ("Block", newer), ("int", newer)] {
        assert_eq!(both(first, "3.9.1"), want, "{first}");
    }
}

#[test]
fn a_default_without_json_fails() {
    let want = r#"{"position":1,"title":"x"} unresolved-default: Prefect fails on this default: pydantic 1 cannot write it as JSON"#;
    assert_eq!(of_x("o: One, x=print", "2.20.27"), want);
    assert_eq!(of_x("o: One, x: Any = One", "2.20.27"), want);
}

#[test]
fn pydantic_2_has_no_schema_for_a_model_of_pydantic_1() {
    let want = r#"{"position":0,"title":"x"}"#;
    for version in ["2.20.27", "3.9.1"] {
        assert_eq!(of_x("x: List[List[One]]", version), want, "{version}");
    }
}

#[test]
fn what_makes_a_schema_by_running_is_unknown() {
    let text = "\
class Two(BaseModel):
    a: int
    class Config:
        @staticmethod
        def schema_extra(schema, model): schema.clear()

@flow
def f(x: Two, o: One): ...
";
    let (facts, found) = of(text, "2.20.27");
    let schema = facts.unwrap().parameter_openapi_schema;
    assert_eq!(schema["properties"]["x"], json!({"position": 0, "title": "x"}));
    let messages: Vec<&str> = found.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(
        messages,
        ["`schema_extra` of `Two` cannot be read without running it; parameter `x` takes anything"]
    );
}

#[test]
fn a_type_that_pydantic_1_refuses_is_told() {
    let text = "\
import pydantic
class Two(Block):
    token: Optional[pydantic.SecretStr] = None

@flow
def f(x: Two, o: One): ...
";
    let (_, found) = of(text, "2.20.27");
    let messages: Vec<&str> = found.iter().map(|it| it.message.as_str()).collect();
    let want = "field `token` of `Two`, whose type pydantic 1 refuses, cannot be read without running it; \
                parameter `x` takes anything";
    assert_eq!(messages, [want]);
}

#[test]
fn models_of_models_end() {
    let mut text = "class M0(BaseModel):\n    a: int\n".to_owned();
    let mut parameters = Vec::new();
    for it in 1..300 {
        let below = it - 1;
        write!(text, "class M{it}(BaseModel):\n    a: M{below}\n    b: List[M{below}] = []\n")
            .unwrap();
        parameters.push(format!("p{it}: M{it}"));
    }
    write!(text, "@flow\ndef f({}): ...\n", parameters.join(", ")).unwrap();
    let (facts, found) = of(&text, "2.20.27");
    assert!(facts.is_some() || found.iter().any(|it| it.code == "too-complex"));
}
