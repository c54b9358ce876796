//! What a deployment registers from its Python file, beside what its entry registers.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Declared, registered};
use crate::desired::{Automation, Deployment, Field, Schedule};
use crate::diagnostic::Position;
use crate::dialect::Dialect;

/// Fields that Prefect fills in where an entry is silent.
const FILLED: [Field; 4] =
    [Field::Description, Field::Version, Field::EnforceParameterSchema, Field::Paused];

/// The fields of `was` that an entry has to state.
pub(super) fn to_state(was: &Deployment, now: &Deployment, dialect: Dialect) -> BTreeSet<Field> {
    let differs = |it: &Field| {
        let have = value(was, *it, dialect);
        have != Value::Null && have != value(now, *it, dialect)
    };
    FILLED.into_iter().filter(differs).collect()
}

/// What is not the same, named as the API names it; besides where the code lies, which follows from the root.
pub(super) fn differences(it: &Declared, now: &Deployment, dialect: Dialect) -> Vec<&'static str> {
    let was = &it.was;
    let places = [Field::Entrypoint, Field::Path];
    let compared = Field::ALL.into_iter().filter(|it| !places.contains(it));
    let differs = |it: &Field| value(was, *it, dialect) != value(now, *it, dialect);
    let mut out: Vec<&str> = compared.filter(differs).map(Field::name).collect();
    if schedules(was) != schedules(now) {
        out.push("schedules");
    }
    if automations(was) != automations(now) {
        out.push("triggers");
    }
    if it.captured.pull.is_some() && was.pull != now.pull && !out.contains(&"pull_steps") {
        out.push("pull_steps");
    }
    out
}

/// As the server keeps it: what is empty is not there.
fn value(it: &Deployment, field: Field, dialect: Dialect) -> Value {
    let value = registered(it, field);
    match (field, &value) {
        // what the server has for one that says nothing
        (Field::EnforceParameterSchema, Value::Null) => dialect.is_three().into(),
        (Field::Paused, Value::Null) => false.into(),
        (Field::WorkQueue, Value::String(name)) if name == "default" => Value::Null,
        (_, Value::Array(items)) if items.is_empty() => Value::Null,
        (_, Value::Object(map)) if map.is_empty() => Value::Null,
        (_, Value::String(text)) if text.is_empty() => Value::Null,
        _ => value,
    }
}

fn schedules(it: &Deployment) -> Option<Vec<Value>> {
    let one =
        |it: &Schedule| serde_json::json!([it.timing.to_json(), it.active, it.slug, it.parameters]);
    Some(it.schedules.as_ref()?.iter().map(one).collect())
}

fn automations(it: &Deployment) -> Vec<Automation> {
    let unplaced = |it: &Automation| Automation { at: Position::start_of(""), ..it.clone() };
    it.automations.iter().map(unplaced).collect()
}
