//! JSON, YAML and TOML as values, and values as JSON.

use serde_json::Value as Json;

pub(super) use super::dumping::dumps;

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
        Err(error) if error.is_eof() && text.trim().is_empty() => {
            machine.raise("JSONDecodeError", "Expecting value: line 1 column 1 (char 0)")
        }
        Err(error) => machine.raise("JSONDecodeError", error.to_string()),
    }
}

/// `yaml.safe_load(text)`
pub(super) fn yaml<'a>(machine: &mut Machine<'a>, text: &Value<'a>) -> Eval<'a> {
    let Some(text) = text.as_text() else { return Ok(text.clone()) };
    machine.spend_size(text.len())?;
    one_yaml(machine, text)
}

fn one_yaml<'a>(machine: &mut Machine<'a>, text: &str) -> Eval<'a> {
    let (root, found) = crate::yaml::compose("", text);
    match (root, found.first()) {
        (_, Some(fault)) => machine.raise("YAMLError", fault.message.clone()),
        (Some(it), None) => Ok(of_node(&it)),
        (None, None) => Ok(Value::None),
    }
}

/// `yaml.safe_load_all(text)`
pub(super) fn yaml_all<'a>(machine: &mut Machine<'a>, text: &Value<'a>) -> Eval<'a> {
    let Some(text) = text.as_text() else { return Ok(text.clone()) };
    machine.spend_size(text.len())?;
    let mut out = Vec::new();
    let text = format!("\n{text}");
    for part in text.split("\n---").filter(|it| !it.trim().is_empty()) {
        out.push(one_yaml(machine, part)?);
    }
    Ok(Value::iterator(out))
}

/// A node as `PyYAML` makes it: an unquoted date is a date.
fn of_node<'a>(it: &crate::yaml::Node) -> Value<'a> {
    use crate::yaml::Kind;
    match &it.kind {
        Kind::Scalar { value, date: true, .. } => {
            let text = value.as_str().unwrap_or_default();
            super::moment::of_text(text).unwrap_or_else(|| of(value))
        }
        Kind::Scalar { value, .. } => of(value),
        Kind::Sequence(all) => Value::list(all.iter().map(of_node).collect()),
        Kind::Mapping(all) => {
            let pairs = all.iter().map(|it| (Value::text(it.key.as_str()), of_node(&it.value)));
            Value::dict(pairs.collect::<Dict<'a>>())
        }
    }
}

/// `tomllib.loads(text)`
pub(super) fn toml<'a>(machine: &mut Machine<'a>, text: &Value<'a>) -> Eval<'a> {
    let Some(text) = text.as_text() else { return Ok(text.clone()) };
    machine.spend_size(text.len())?;
    match text.parse::<toml::Table>() {
        Ok(it) => Ok(of_toml(&toml::Value::Table(it))),
        Err(error) => machine.raise("TOMLDecodeError", error.message().to_owned()),
    }
}

fn of_toml<'a>(it: &toml::Value) -> Value<'a> {
    match it {
        toml::Value::String(it) => Value::text(it.as_str()),
        toml::Value::Integer(it) => Value::Int((*it).into()),
        toml::Value::Float(it) => Value::Float(*it),
        toml::Value::Boolean(it) => Value::Bool(*it),
        toml::Value::Datetime(it) => {
            let text = it.to_string();
            super::moment::of_text(&text).unwrap_or_else(|| Value::text(text))
        }
        toml::Value::Array(all) => Value::list(all.iter().map(of_toml).collect()),
        toml::Value::Table(all) => {
            let pairs = all.iter().map(|(key, it)| (Value::text(key.as_str()), of_toml(it)));
            Value::dict(pairs.collect::<Dict<'a>>())
        }
    }
}

/// The value as JSON, as pydantic writes it; else the value of which nothing is known.
pub(super) fn to_json<'a>(
    machine: &mut Machine<'a>,
    it: &Value<'a>,
) -> Result<Result<Json, Value<'a>>, Stop<'a>> {
    machine.nested(|machine| one(machine, it))
}

fn one<'a>(machine: &mut Machine<'a>, it: &Value<'a>) -> Result<Result<Json, Value<'a>>, Stop<'a>> {
    Ok(Ok(match it {
        Value::None => Json::Null,
        Value::Bool(it) => Json::Bool(*it),
        Value::Int(it) => match (i64::try_from(*it), u64::try_from(*it)) {
            (Ok(it), _) => it.into(),
            (_, Ok(it)) => it.into(),
            _ => return Ok(Err(machine.unknown("a number that is too large"))),
        },
        Value::Float(it) if !it.is_finite() => {
            return Ok(Err(machine.unknown("a number that JSON has not")));
        }
        Value::Float(it) => (*it).into(),
        Value::Text(it) | Value::Path(it) => Json::String(it.to_string()),
        Value::Bytes(it) => Json::String(String::from_utf8_lossy(it).into_owned()),
        Value::Moment(it) => it.to_json(machine.strict || machine.settings.dialect.is_three()),
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
        Value::Object(it) if matches!(&*it.class, "uuid.UUID" | "decimal.Decimal") => {
            super::installed::text(it).map_or(Json::Null, Json::String)
        }
        Value::Unknown(_) => return Ok(Err(it.clone())),
        Value::Outside(name) => {
            return Ok(Err(machine.unknown(format!("{name}, which is no JSON"))));
        }
        other => {
            return Ok(Err(machine.unknown(format!("a {}, which is no JSON", other.type_name()))));
        }
    }))
}

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
