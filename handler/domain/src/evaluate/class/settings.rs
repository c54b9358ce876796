//! `BaseSettings`: fields that come from the environment.

use std::rc::Rc;

use super::data::{self, Field};
use super::{Class, Instance};
use super::{coercion, filling};
use crate::evaluate::call::Args;
use crate::evaluate::installed::of_files;
use crate::evaluate::json;
use crate::evaluate::machine::{Machine, Stop};
use crate::evaluate::value::Value;

/// Gives every field its value: what is given, else what the environment has, else the default.
///
/// Source: pydantic-settings: names of variables are the prefix and the field's name, in any case.
pub(super) fn fill<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Instance<'a>>,
    args: Args<'a>,
) -> Result<(), Stop<'a>> {
    let prefix = prefix(machine, it);
    let files = configured(machine, &it.class, "env_file");
    let files = files.map(|it| of_files(machine, &it)).transpose()?.unwrap_or_default();
    let class = Rc::clone(&it.class);
    for field in data::fields(machine, &it.class) {
        let given = args.named(&field.name).cloned();
        let variable = variable((machine, &files), &field, &prefix);
        if given.is_some() || variable.is_some() {
            it.fields.borrow_mut().state(&field.name);
        }
        let value = match given {
            Some(it) => coercion::field(machine, &class, &field, it)?,
            None => match variable {
                Some(it) => {
                    let it = if is_collection(&field) { json::parse(machine, &it)? } else { it };
                    coercion::coerced(machine, &field, it)?
                }
                None if field.default.is_some() => filling::default(machine, &field)?,
                None => {
                    let name = format!("{prefix}{}", field.name).to_uppercase();
                    crate::evaluate::installed::missing_variable(machine, &name)
                }
            },
        };
        it.fields.borrow_mut().insert(Rc::clone(&field.name), value);
    }
    Ok(())
}

/// The environment wins over files, of which the last one does.
fn variable<'a>(
    (machine, files): (&Machine<'a>, &[(Rc<str>, Value<'a>)]),
    field: &Field<'a>,
    prefix: &str,
) -> Option<Value<'a>> {
    let named = match &field.default {
        Some(Value::Object(it)) => {
            let fields = it.fields.borrow();
            ["validation_alias", "alias", "env"]
                .iter()
                .find_map(|it| fields.get(*it)?.as_text().cloned())
        }
        _ => None,
    };
    let wanted = named.map_or_else(|| format!("{prefix}{}", field.name), |it| it.to_string());
    let mut all = machine.environment.iter();
    let given = all.find(|(it, _)| it.eq_ignore_ascii_case(&wanted)).map(|(_, it)| it);
    let written = || files.iter().rfind(|(it, _)| it.eq_ignore_ascii_case(&wanted)).map(|it| &it.1);
    given.or_else(written).cloned()
}

/// Lists and mappings are written as JSON.
fn is_collection(field: &Field<'_>) -> bool {
    const KINDS: [&str; 10] =
        ["list", "List", "dict", "Dict", "tuple", "Tuple", "set", "Set", "Sequence", "Mapping"];
    KINDS.iter().any(|it| data::is_named(field.annotation, it))
}

/// `env_prefix` of `model_config` or of `class Config`.
fn prefix<'a>(machine: &Machine<'a>, it: &Instance<'a>) -> String {
    let found = configured(machine, &it.class, "env_prefix");
    found.as_ref().and_then(Value::as_text).map(ToString::to_string).unwrap_or_default()
}

/// What `model_config` or `class Config` of a model states under `name`.
pub(super) fn configured<'a>(
    machine: &Machine<'a>,
    class: &Class<'a>,
    name: &str,
) -> Option<Value<'a>> {
    match class.find(machine, "model_config") {
        Some(Value::Dict(it)) => it.borrow().get_text(name).cloned(),
        Some(Value::Object(it)) => it.fields.borrow().get(name).cloned(),
        _ => match class.find(machine, "Config") {
            Some(Value::Class(it)) => it.find(machine, name),
            _ => None,
        },
    }
}
