//! `uuid`.

use md5::{Digest as _, Md5};
use uuid::{Builder, Uuid};

use super::Made;
use crate::evaluate::call::Args;
use crate::evaluate::files;
use crate::evaluate::machine::Machine;
use crate::evaluate::value::{Object, Value};

/// `uuid.NAMESPACE_DNS` and the like.
pub(super) fn constant<'a>(machine: &Machine<'a>, dotted: &str) -> Option<Value<'a>> {
    let it = match dotted.strip_prefix("uuid.NAMESPACE_")? {
        "DNS" => Uuid::NAMESPACE_DNS,
        "URL" => Uuid::NAMESPACE_URL,
        "OID" => Uuid::NAMESPACE_OID,
        "X500" => Uuid::NAMESPACE_X500,
        _ => return None,
    };
    Some(made(machine, it))
}

fn made<'a>(machine: &Machine<'a>, it: Uuid) -> Value<'a> {
    files::object(machine.at, "uuid.UUID", [("text", Value::text(it.to_string()))])
}

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    let Some(name) = dotted.strip_prefix("uuid.") else { return Ok(None) };
    if let Some(unknown) = args.unknown() {
        return Ok(Some(unknown.clone()));
    }
    Ok(Some(match name {
        "uuid4" => uuid4(machine),
        "uuid3" | "uuid5" => {
            let space = args.get("namespace", 0).and_then(of_value);
            match space.zip(args.text("name", 1)) {
                Some((space, name)) if dotted.ends_with('5') => {
                    made(machine, Uuid::new_v5(&space, name.as_bytes()))
                }
                Some((space, name)) => {
                    let bytes =
                        Md5::new().chain_update(space.as_bytes()).chain_update(name.as_bytes());
                    made(machine, Builder::from_md5_bytes(bytes.finalize().into()).into_uuid())
                }
                None => machine.unknown(format!("the result of `{dotted}`")),
            }
        }
        "UUID" => {
            let number =
                args.named("int").and_then(Value::as_int).and_then(|it| u128::try_from(it).ok());
            let parsed = match (number, args.get("hex", 0)) {
                (Some(it), _) => Some(Uuid::from_u128(it)),
                (None, Some(it)) => of_value(it),
                (None, None) => return Ok(Some(machine.unknown("a UUID"))),
            };
            match parsed {
                Some(it) => made(machine, it),
                None => return machine.raise("ValueError", "badly formed hexadecimal UUID string"),
            }
        }
        _ => return Ok(None),
    }))
}

fn of_value(it: &Value<'_>) -> Option<Uuid> {
    let text = match it {
        Value::Object(it) => std::rc::Rc::clone(it.fields.borrow().get("text")?.as_text()?),
        other => std::rc::Rc::clone(other.as_text()?),
    };
    let digits = text.replace("urn:", "").replace("uuid:", "").replace(['{', '}', '-'], "");
    Uuid::try_parse(&digits).ok()
}

/// A `UUIDv5` of the bundle's id, the declaration file and the ordinal of the call: neither content nor line, so that an
/// edit elsewhere does not move it. It passes for a `UUIDv4`, which is what the author asked for.
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

/// A part: `hex`, `int`, `version`.
pub(super) fn attribute<'a>(it: &Object<'a>, name: &str) -> Option<Value<'a>> {
    let text = it.fields.borrow().get("text").and_then(Value::as_text).cloned()?;
    let id = Uuid::try_parse(&text).ok()?;
    Some(match name {
        "hex" => Value::text(id.simple().to_string()),
        "int" => i128::try_from(id.as_u128()).ok().map(Value::Int)?,
        "urn" => Value::text(id.urn().to_string()),
        "bytes" => Value::Bytes(id.as_bytes().as_slice().into()),
        "version" if matches!(id.get_variant(), uuid::Variant::RFC4122) => {
            Value::Int(i128::try_from(id.get_version_num()).unwrap_or(0))
        }
        "version" => Value::None,
        _ => return None,
    })
}
