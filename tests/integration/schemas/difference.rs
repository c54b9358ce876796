//! Where two JSON values differ, for people.

use std::collections::BTreeSet;

use serde_json::Value;

/// Longest text of a value.
const SHOWN: usize = 300;

/// Adds a line for each place below `path` where `theirs` and `ours` differ.
pub(super) fn difference(path: &str, theirs: &Value, ours: &Value, out: &mut Vec<String>) {
    match (theirs, ours) {
        (Value::Object(a), Value::Object(b)) => {
            for key in a.keys().chain(b.keys()).collect::<BTreeSet<_>>() {
                let path = format!("{path}/{key}");
                match (a.get(key), b.get(key)) {
                    (Some(a), Some(b)) => difference(&path, a, b, out),
                    (Some(a), None) => out.push(format!("{path}: Prefect has {}", shown(a))),
                    (_, b) => out
                        .push(format!("{path}: only we have {}", shown(b.unwrap_or(&Value::Null)))),
                }
            }
        }
        _ if theirs == ours => {}
        _ => out.push(format!("{path}: Prefect has {}, we have {}", shown(theirs), shown(ours))),
    }
}

fn shown(value: &Value) -> String {
    value.to_string().chars().take(SHOWN).collect()
}
