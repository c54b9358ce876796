//! Values of a deployment as JSON; what is not known there is an error, with the reason and the place.

use std::rc::Rc;

use serde_json::{Map, Value as Json};

use super::arguments::Given;
use super::block;
use crate::diagnostic::rules;
use crate::evaluate::call::{self, Args};
use crate::evaluate::dict::Dict;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::unknown::Unknown;
use crate::evaluate::value::{Object, Value};
use crate::evaluate::{format, json};

/// The value of `field`, as JSON; `None` with an error when it is not known.
pub(super) fn of<'a>(
    machine: &mut Machine<'a>,
    field: &str,
    value: &Value<'a>,
) -> Result<Option<Json>, Stop<'a>> {
    let value = referring(machine, value)?;
    Ok(match json::to_json(machine, &value)? {
        Ok(it) => Some(it),
        Err(unknown) => {
            if let Some(it) = unknown.as_unknown() {
                not_known(machine, field, it);
            }
            None
        }
    })
}

/// `field` depends on what is not known.
pub(super) fn not_known(machine: &mut Machine<'_>, field: &str, it: &Unknown) {
    let message =
        format!("`{field}` of this deployment depends on {}, which is not known here", it.what);
    let hint = machine.hint_of(it);
    machine.error(rules::UNKNOWN_VALUE, it.at, message, &hint);
}

/// A text; other types are an error, but for numbers on Prefect 2, whose models write them as texts.
pub(super) fn text<'a>(
    machine: &mut Machine<'a>,
    field: &str,
    value: &Value<'a>,
) -> Result<Option<String>, Stop<'a>> {
    if is_number(value) && !machine.settings.dialect.is_three() {
        return Ok(Some(format::repr(value)));
    }
    Ok(match of(machine, field, value)? {
        Some(Json::String(it)) => Some(it),
        Some(Json::Null) | None => None,
        Some(_) => {
            let message = format!(
                "`{field}` of a deployment must be a text, this is of the type {}",
                value.type_name()
            );
            machine.error(rules::FIELD_TYPE, machine.at, message, "");
            None
        }
    })
}

/// What the models of Prefect 2 make of the arguments of a `Deployment`, whichever server it is registered on.
pub(super) fn as_two_writes<'a>(given: &Given<'a>) -> Given<'a> {
    const TEXTS: [&str; 6] =
        ["description", "name", "path", "version", "work_pool_name", "work_queue_name"];
    let one =
        |it: &Value<'a>| if is_number(it) { Value::text(format::repr(it)) } else { it.clone() };
    let written = |(name, it): (&Rc<str>, &Value<'a>)| {
        let it = match it {
            Value::List(all) if &**name == "tags" => {
                Value::list(all.borrow().iter().map(one).collect())
            }
            it if TEXTS.contains(&&**name) => one(it),
            it => it.clone(),
        };
        (Rc::clone(name), it)
    };
    given.iter().map(written).collect()
}

fn is_number(it: &Value<'_>) -> bool {
    matches!(it, Value::Int(_) | Value::Float(_) | Value::Bool(_))
}

/// Texts, of which the models of Prefect 2 write numbers as texts, too. Prefect 3 takes `str()` of each and drops blank ones.
/// Source: `RunnerDeployment.validate_tags` and the tags of its client.
pub(super) fn texts<'a>(
    machine: &mut Machine<'a>,
    field: &str,
    value: &Value<'a>,
) -> Result<Option<Json>, Stop<'a>> {
    match value {
        Value::List(all) if !machine.settings.dialect.is_three() => {
            let text = |it: &Value<'a>| match it {
                it if is_number(it) => Value::text(format::repr(it)),
                other => other.clone(),
            };
            let all = all.borrow().iter().map(text).collect();
            of(machine, field, &Value::list(all))
        }
        Value::List(all) => {
            let all = all.borrow().clone();
            let all = all.iter().map(|it| as_text(machine, it));
            let mut all = all.collect::<Result<Vec<_>, _>>()?;
            all.retain(|it| it.as_text().is_none_or(|it| !it.trim().is_empty()));
            of(machine, field, &Value::list(all))
        }
        other => of(machine, field, other),
    }
}

/// `str(value)`
fn as_text<'a>(machine: &mut Machine<'a>, value: &Value<'a>) -> Eval<'a> {
    call::value(machine, &Value::Outside("builtins.str".into()), Args::of(vec![value.clone()]))
}

/// A mapping; other types are an error.
pub(super) fn mapping<'a>(
    machine: &mut Machine<'a>,
    field: &str,
    value: &Value<'a>,
) -> Result<Option<Map<String, Json>>, Stop<'a>> {
    Ok(match of(machine, field, value)? {
        Some(Json::Object(it)) => Some(it),
        Some(Json::Null) | None => None,
        Some(_) => {
            let message = format!(
                "`{field}` of a deployment must be a mapping, this is of the type {}",
                value.type_name()
            );
            machine.error(rules::FIELD_TYPE, machine.at, message, "");
            None
        }
    })
}

/// Saved blocks in `value` as the placeholders that workers resolve.
fn referring<'a>(machine: &mut Machine<'a>, value: &Value<'a>) -> Result<Value<'a>, Stop<'a>> {
    machine.nested(|machine| {
        Ok(match value {
            Value::Object(it) => match block::placeholder(it) {
                Some(text) => Value::text(text),
                None if &*it.class == "functools.partial" => value.clone(),
                None => match super::deployment::frozen(it) {
                    Some(it) => it,
                    None if it.class.starts_with("prefect") => inline(machine, it)?,
                    None => value.clone(),
                },
            },
            Value::List(it) => {
                let all: Vec<Value<'a>> = it.borrow().clone();
                Value::list(all.iter().map(|it| referring(machine, it)).collect::<Result<_, _>>()?)
            }
            Value::Tuple(it) => {
                Value::tuple(it.iter().map(|it| referring(machine, it)).collect::<Result<_, _>>()?)
            }
            Value::Dict(it) => {
                let it = it.borrow().clone();
                let mut out = Dict::default();
                for (key, value) in it.iter() {
                    out.insert(key.clone(), referring(machine, value)?);
                }
                Value::dict(out)
            }
            // Prefect's models write spans as seconds
            Value::Moment(it) => it.seconds().map_or_else(|| value.clone(), Value::Float),
            // `Posture.Reactive`: a member of an enumeration of Prefect's
            Value::Outside(name) if name.starts_with("prefect") => {
                Value::text(name.rsplit('.').next().unwrap_or_default())
            }
            other => other.clone(),
        })
    })
}

/// A block in a block: its fields.
fn inline<'a>(machine: &mut Machine<'a>, it: &Object<'a>) -> Result<Value<'a>, Stop<'a>> {
    let fields = it.fields.borrow().clone();
    let mut out = Dict::default();
    for (name, value) in fields {
        out.insert(Value::Text(name), referring(machine, &value)?);
    }
    Ok(Value::dict(out))
}
