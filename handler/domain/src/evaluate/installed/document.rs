//! Documents: JSON, YAML, TOML.

use super::{Made, emitted, object, stream};
use crate::evaluate::call::{self, Args};
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::Value;
use crate::evaluate::{files, json, path};

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    let known =
        ["json.", "yaml.", "tomllib.", "tomli.", "toml.", "simplejson.", "orjson.", "ruamel."];
    if !known.iter().any(|it| dotted.starts_with(it)) {
        return Ok(None);
    }
    let first = args.positional.first().cloned();
    if let Some(it) = first.as_ref().filter(|it| it.as_unknown().is_some()) {
        return Ok(Some(it.clone()));
    }
    Ok(Some(match (dotted, first) {
        // what `simplejson` writes is not always what `json` does
        (
            "json.loads" | "json.load" | "simplejson.loads" | "simplejson.load" | "orjson.loads",
            Some(it),
        ) => {
            let text = content(machine, &it);
            json::parse(machine, &text)?
        }
        ("json.dumps", Some(it)) => dumps(machine, &it, args)?,
        ("orjson.dumps", Some(it)) => match json::to_json(machine, &it)? {
            Ok(it) => Value::Bytes(it.to_string().as_bytes().into()),
            Err(unknown) => unknown,
        },
        ("json.dump" | "yaml.dump" | "yaml.safe_dump", Some(it))
            if args.get("stream", 1).is_some() =>
        {
            dump(machine, &it, args)?
        }
        ("yaml.dump" | "yaml.safe_dump", Some(it)) => emitted::document(machine, &it, args)?,
        ("json.JSONEncoder", _) => object(machine, "json.JSONEncoder", args.clone()),
        ("yaml.safe_load" | "yaml.load" | "yaml.full_load" | "yaml.unsafe_load", Some(it)) => {
            let text = content(machine, &it);
            json::yaml(machine, &text)?
        }
        ("yaml.safe_load_all" | "yaml.load_all", Some(it)) => {
            let text = content(machine, &it);
            json::yaml_all(machine, &text)?
        }
        (
            "tomllib.loads" | "tomli.loads" | "toml.loads" | "tomllib.load" | "tomli.load"
            | "toml.load",
            Some(it),
        ) => {
            let text = match path::text_of(&it) {
                Some(path) if dotted == "toml.load" => files::text(machine, &path)?,
                _ => content(machine, &it),
            };
            json::toml(machine, &text)?
        }
        _ => return Ok(None),
    }))
}

/// What is read from a file, or the text itself.
pub(super) fn content<'a>(machine: &Machine<'a>, it: &Value<'a>) -> Value<'a> {
    let read = match it {
        Value::Object(file) if file.class.starts_with("io.") => stream::rest(file),
        other => other.clone(),
    };
    match &read {
        Value::Bytes(it) => Value::text(String::from_utf8_lossy(it).into_owned()),
        other if other.as_text().is_some() || other.as_unknown().is_some() => read,
        other => machine.unknown(format!("the content of a {}", other.type_name())),
    }
}

/// `json.dumps(value, cls=Encoder)`: the method `default` of the encoder tells what is not JSON of itself.
fn dumps<'a>(machine: &mut Machine<'a>, it: &Value<'a>, args: &Args<'a>) -> Eval<'a> {
    let Some(class @ Value::Class(_)) = args.named("cls").cloned() else {
        return json::dumps(machine, it, args);
    };
    let encoder = call::value(machine, &class, Args::none())?;
    let mut args = args.clone();
    let default = crate::evaluate::attribute::get(machine, &encoder, "default")?;
    args.named.push(("default".into(), default));
    json::dumps(machine, it, &args)
}

/// Writes the document into a stream; only one in memory keeps it.
fn dump<'a>(machine: &mut Machine<'a>, it: &Value<'a>, args: &Args<'a>) -> Eval<'a> {
    let to = args.get("stream", 1).or_else(|| args.named("fp")).cloned();
    let text = dumps(machine, it, args)?;
    if let Some(Value::Object(to)) = to
        && to.class.starts_with("io.")
    {
        stream::method(machine, &to, "write", &Args::of(vec![text]))?;
    }
    Ok(Value::None)
}

/// Methods of `json.JSONEncoder`.
pub(super) fn encode<'a>(machine: &mut Machine<'a>, name: &str, args: &Args<'a>) -> Eval<'a> {
    let it = args.positional.first().cloned().unwrap_or(Value::None);
    if name == "default" {
        let message = format!("Object of type {} is not JSON serializable", it.type_name());
        return machine.raise("TypeError", message);
    }
    json::dumps(machine, &it, &Args::none())
}
