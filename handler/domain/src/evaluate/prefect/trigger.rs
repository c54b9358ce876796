//! `triggers=[…]`, in the vocabulary of `triggers` in a prefect.yaml.

use serde_json::{Map, Value as Json};

use super::{class_name, plain};
use crate::evaluate::items;
use crate::evaluate::machine::{Machine, Stop};
use crate::evaluate::value::Value;

/// What the classes of triggers say by their name.
const KINDS: [(&str, &str); 6] = [
    ("DeploymentEventTrigger", "event"),
    ("EventTrigger", "event"),
    ("DeploymentCompoundTrigger", "compound"),
    ("CompoundTrigger", "compound"),
    ("DeploymentSequenceTrigger", "sequence"),
    ("SequenceTrigger", "sequence"),
];

/// The triggers of a deployment.
pub(super) fn all<'a>(machine: &mut Machine<'a>, value: &Value<'a>) -> Result<Vec<Json>, Stop<'a>> {
    let Some(all) = items::of(machine, value)? else {
        if let Some(it) = value.as_unknown() {
            plain::not_known(machine, "triggers", it);
        }
        return Ok(Vec::new());
    };
    let mut out = Vec::new();
    for it in &all {
        out.extend(one(machine, it)?);
    }
    Ok(out)
}

fn one<'a>(machine: &mut Machine<'a>, it: &Value<'a>) -> Result<Option<Json>, Stop<'a>> {
    let Value::Object(object) = it else { return plain::of(machine, "triggers", it) };
    let mut out = Map::new();
    if let Some((_, kind)) = KINDS.iter().find(|(name, _)| *name == class_name(object)) {
        out.insert("type".into(), (*kind).into());
    }
    let fields = object.fields.borrow().clone();
    for (name, value) in fields {
        let json = match &*name {
            "triggers" => Some(machine.nested(|machine| all(machine, &value))?.into()),
            name => plain::of(machine, name, &value)?,
        };
        if let Some(json) = json.filter(|it| !it.is_null()) {
            out.insert(name.to_string(), json);
        }
    }
    Ok(Some(out.into()))
}
