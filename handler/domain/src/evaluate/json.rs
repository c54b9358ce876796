//! JSON and YAML as values, and values as JSON.

use serde_json::Value as Json;

use super::call::Args;
use super::dict::Dict;
use super::machine::{Eval, Machine, Stop};
use super::value::Value;

/// The value of a JSON document.
pub(super) fn of<'a>(it: &Json) -> Value<'a> {
    match it {
        Json::Null => Value::None,
        Json::Bool(it) => Value::Bool(*it),
        Json::Number(it) => match (it.as_i64(), it.as_u64()) {
            (Some(it), _) => Value::Int(it.into()),
            (None, Some(it)) => Value::Int(it.into()),
            (None, None) => Value::Float(it.as_f64().unwrap_or_default()),
        },
        Json::String(it) => Value::text(it.as_str()),
        Json::Array(all) => Value::list(all.iter().map(of).collect()),
        Json::Object(all) => {
            let pairs = all.iter().map(|(key, it)| (Value::text(key.as_str()), of(it)));
            Value::dict(pairs.collect::<Dict<'a>>())
        }
    }
}

/// `json.loads(text)`
pub(super) fn parse<'a>(machine: &mut Machine<'a>, text: &Value<'a>) -> Eval<'a> {
    let Some(text) = text.as_text() else { return Ok(text.clone()) };
    machine.spend_size(text.len())?;
    match serde_json::from_str::<Json>(text) {
        Ok(it) => Ok(of(&it)),
        Err(error) => machine.raise("JSONDecodeError", error.to_string()),
    }
}

/// `yaml.safe_load(text)`
pub(super) fn yaml<'a>(machine: &mut Machine<'a>, text: &Value<'a>) -> Eval<'a> {
    let Some(text) = text.as_text() else { return Ok(text.clone()) };
    machine.spend_size(text.len())?;
    let (root, found) = crate::yaml::compose("", text);
    match (root, found.first()) {
        (_, Some(fault)) => machine.raise("YAMLError", fault.message.clone()),
        (Some(it), None) => Ok(of(&it.to_json())),
        (None, None) => Ok(Value::None),
    }
}

/// `json.dumps(value)`
pub(super) fn dumps<'a>(machine: &mut Machine<'a>, it: &Value<'a>, args: &Args<'a>) -> Eval<'a> {
    let json = match to_json(machine, it)? {
        Ok(it) => it,
        Err(unknown) => return Ok(unknown),
    };
    let compact = matches!(args.named("separators"), Some(Value::Tuple(_)));
    if args.named("indent").is_some() || args.named("sort_keys").is_some() {
        return Ok(machine.unknown("the result of `json.dumps` with a layout"));
    }
    let text = json.to_string();
    let text = if compact { text } else { spaced(&text) };
    Ok(Value::text(text))
}

/// A blank after `,` and `:`, as Python writes it.
fn spaced(text: &str) -> String {
    let (mut out, mut inside, mut escaped) = (String::new(), false, false);
    for it in text.chars() {
        out.push(it);
        match it {
            '"' if !escaped => inside = !inside,
            ',' | ':' if !inside => out.push(' '),
            _ => {}
        }
        escaped = it == '\\' && !escaped;
    }
    out
}

/// The value as JSON, as pydantic writes it; else the value of which nothing is known.
#[expect(clippy::type_complexity, reason = "JSON, or what is not known, or an exception")]
pub(super) fn to_json<'a>(
    machine: &mut Machine<'a>,
    it: &Value<'a>,
) -> Result<Result<Json, Value<'a>>, Stop<'a>> {
    machine.nested(|machine| one(machine, it))
}

#[expect(clippy::type_complexity, reason = "as above")]
fn one<'a>(machine: &mut Machine<'a>, it: &Value<'a>) -> Result<Result<Json, Value<'a>>, Stop<'a>> {
    Ok(Ok(match it {
        Value::None => Json::Null,
        Value::Bool(it) => Json::Bool(*it),
        Value::Int(it) => match i64::try_from(*it) {
            Ok(it) => it.into(),
            Err(_) => return Ok(Err(machine.unknown("a number that is too large"))),
        },
        Value::Float(it) if !it.is_finite() => {
            return Ok(Err(machine.unknown("a number that JSON has not")));
        }
        Value::Float(it) => (*it).into(),
        Value::Text(it) => Json::String(it.to_string()),
        Value::Path(it) => Json::String(it.to_string()),
        Value::Bytes(it) => Json::String(String::from_utf8_lossy(it).into_owned()),
        Value::Moment(it) => it.to_json(),
        Value::List(it) => return list(machine, &it.borrow().clone()),
        Value::Tuple(it) => return list(machine, it),
        Value::Set(it) => return list(machine, &it.borrow().keys()),
        Value::Dict(it) => return mapping(machine, &it.borrow().clone()),
        Value::Instance(it) if it.class.is_enum() => match &it.value {
            Some(value) => return to_json(machine, value),
            None => Json::Null,
        },
        Value::Instance(it) if it.class.is_data() => {
            return mapping(machine, &super::class::as_dict(it));
        }
        Value::Object(it) if &*it.class == "uuid.UUID" => {
            super::installed::text(it).map_or(Json::Null, Json::String)
        }
        Value::Unknown(_) => return Ok(Err(it.clone())),
        other => {
            return Ok(Err(machine.unknown(format!("a {}, which is no JSON", other.type_name()))));
        }
    }))
}

#[expect(clippy::type_complexity, reason = "as above")]
fn list<'a>(
    machine: &mut Machine<'a>,
    all: &[Value<'a>],
) -> Result<Result<Json, Value<'a>>, Stop<'a>> {
    let mut out = Vec::with_capacity(all.len());
    for it in all {
        match to_json(machine, it)? {
            Ok(it) => out.push(it),
            Err(unknown) => return Ok(Err(unknown)),
        }
    }
    Ok(Ok(out.into()))
}

#[expect(clippy::type_complexity, reason = "as above")]
fn mapping<'a>(
    machine: &mut Machine<'a>,
    all: &Dict<'a>,
) -> Result<Result<Json, Value<'a>>, Stop<'a>> {
    let mut out = serde_json::Map::new();
    for (key, value) in all.iter() {
        if key.as_unknown().is_some() {
            return Ok(Err(key.clone()));
        }
        let key = match (key, key.as_text()) {
            (_, Some(text)) => text.to_string(),
            (Value::Bool(it), _) => it.to_string(),
            (Value::None, _) => "null".to_owned(),
            (other, _) => super::format::repr(other),
        };
        match to_json(machine, value)? {
            Ok(it) => drop(out.insert(key, it)),
            Err(unknown) => return Ok(Err(unknown)),
        }
    }
    Ok(Ok(out.into()))
}
