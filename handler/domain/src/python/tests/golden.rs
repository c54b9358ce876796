//! Schemas compared with those that real Prefect registered.

use serde_json::Value;

use super::super::*;

/// The module that every row of the golden tables was defined in.
const PRELUDE: &str = include_str!("../golden/prelude.py");

/// The same, with models and types of pydantic 1.
const PRELUDE_ONE: &str = include_str!("../golden/prelude_one.py");

fn golden(table: &str, prelude: &str, version: &str) -> Vec<String> {
    let rows: serde_json::Map<String, Value> = serde_json::from_str(table).unwrap();
    let dialect = Dialect::new(version).unwrap();
    let mut wrong = Vec::new();
    for (name, row) in &rows {
        let signature = row["sig"].as_str().unwrap();
        let text = format!("{prelude}\n@flow\ndef f({signature}):\n    pass\n");
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
    assert_eq!(golden(include_str!("../golden/3.9.1.json"), PRELUDE, "3.9.1"), [""; 0]);
}

#[test]
fn schemas_are_those_of_prefect_2_20() {
    assert_eq!(golden(include_str!("../golden/2.20.27.json"), PRELUDE, "2.20.27"), [""; 0]);
}

#[test]
fn schemas_with_a_type_of_pydantic_1_are_those_of_prefect_2_20() {
    let table = include_str!("../golden/2.20.27-one.json");
    assert_eq!(golden(table, PRELUDE_ONE, "2.20.27"), [""; 0]);
}
