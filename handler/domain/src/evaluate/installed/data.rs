//! Texts that are data: JSON, YAML, TOML, versions, UUIDs.

use std::rc::Rc;

use super::object;
use crate::evaluate::call::Args;
use crate::evaluate::files;
use crate::evaluate::json;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::{Object, Value};

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(
    machine: &mut Machine<'a>,
    dotted: &str,
    args: &Args<'a>,
) -> Result<Option<Value<'a>>, Stop<'a>> {
    let first = args.positional.first().cloned();
    Ok(Some(match (dotted, first) {
        (_, Some(it)) if it.as_unknown().is_some() => it,
        ("json.loads", Some(it)) => json::parse(machine, &it)?,
        ("json.load", Some(it)) => {
            let text = content(machine, &it);
            json::parse(machine, &text)?
        }
        ("json.dumps", Some(it)) => json::dumps(machine, &it, args)?,
        ("yaml.safe_load" | "yaml.load" | "yaml.full_load", Some(it)) => {
            let text = content(machine, &it);
            json::yaml(machine, &text)?
        }
        (
            "packaging.version.Version" | "packaging.version.parse" | "pkg_resources.parse_version",
            Some(it),
        ) => {
            let fields = [("text", it)];
            files::object(machine.at, "packaging.version.Version", fields)
        }
        ("uuid.uuid4", _) => uuid4(machine),
        ("uuid.UUID", Some(it)) => files::object(machine.at, "uuid.UUID", [("text", it)]),
        ("string.Template", _) => object(machine, "string.Template", args.clone()),
        _ => return Ok(None),
    }))
}

/// What is read from a file, or the text itself.
fn content<'a>(machine: &Machine<'a>, it: &Value<'a>) -> Value<'a> {
    match it {
        Value::Object(file) if &*file.class == "io.TextIOWrapper" => {
            file.fields.borrow().get("content").cloned().unwrap_or(Value::None)
        }
        Value::Bytes(it) => Value::text(String::from_utf8_lossy(it).into_owned()),
        other if other.as_text().is_some() => other.clone(),
        other => machine.unknown(format!("the content of a {}", other.type_name())),
    }
}

/// A UUIDv5 of the bundle's id, the declaration file and the ordinal of the call: neither content nor line, so that an
/// edit elsewhere does not move it.
fn uuid4<'a>(machine: &mut Machine<'a>) -> Value<'a> {
    machine.uuids += 1;
    let (bundle, file) = (&machine.settings.bundle, machine.sources.path(machine.main));
    let name = format!("{bundle}/{file}#{}", machine.uuids);
    files::object(
        machine.at,
        "uuid.UUID",
        [("text", Value::text(crate::evaluate::uuid::v5(&name)))],
    )
}

/// What `object.name` gives, when it is a value.
pub(super) fn attribute<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    name: &str,
) -> Option<Eval<'a>> {
    let text = it.fields.borrow().get("text").and_then(Value::as_text).cloned();
    let part = |at: usize| {
        let text = text.as_deref()?;
        text.split('.').nth(at)?.parse().ok().map(|it| Ok(Value::Int(it)))
    };
    match (&*it.class, name) {
        ("packaging.version.Version", "major") => part(0),
        ("packaging.version.Version", "minor") => part(1),
        ("packaging.version.Version", "micro") => part(2),
        ("packaging.version.Version", "base_version" | "public") => {
            text.as_deref().map(|it| Ok(Value::text(it)))
        }
        ("uuid.UUID", "hex") => text.as_deref().map(|it| Ok(Value::text(it.replace('-', "")))),
        ("io.TextIOWrapper", "read" | "readlines" | "close" | "write" | "readline") => None,
        _ => Some(Ok(machine.unknown(format!("`{name}` of a {}", it.class)))),
    }
}

/// What `object.name(…)` gives.
pub(in crate::evaluate) fn method<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    name: &str,
    args: &Args<'a>,
) -> Eval<'a> {
    let owner = Value::Object(Rc::clone(it));
    Ok(match (&*it.class, name) {
        ("io.TextIOWrapper", "read") => content(machine, &owner),
        ("io.TextIOWrapper", "readlines") => match content(machine, &owner).as_text() {
            Some(text) => Value::list(text.split_inclusive('\n').map(Value::text).collect()),
            None => content(machine, &owner),
        },
        ("io.TextIOWrapper", _) => Value::None,
        _ => {
            let _given = args;
            machine.unknown(format!("the result of `{name}` of a {}", it.class))
        }
    })
}
