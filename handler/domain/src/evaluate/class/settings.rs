//! `BaseSettings`: fields that come from the environment.

use std::rc::Rc;

use ruff_python_ast::Expr;

use super::data::{self, Field};
use super::{Class, Instance};
use super::{coercion, filling, validation};
use crate::evaluate::call::Args;
use crate::evaluate::installed::of_files;
use crate::evaluate::json;
use crate::evaluate::machine::{Machine, Stop};
use crate::evaluate::value::Value;

/// Gives every field its value: what is given, else what the environment has, else the default, which is checked as the others are.
///
/// Source: pydantic-settings: names of variables are the prefix and the field's name, in any case; `validate_default` is on, and was
/// (`validate_all`) under pydantic 1.
pub(super) fn fill<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Instance<'a>>,
    args: Args<'a>,
) -> Result<(), Stop<'a>> {
    let prefix = prefix(machine, it);
    let class = Rc::clone(&it.class);
    let args = with_variables(machine, &class, (args, &prefix))?;
    let args = validation::before(machine, &class, args)?;
    for field in data::fields(machine, &class) {
        let given = args.named(&field.name).cloned();
        if given.is_some() {
            it.fields.borrow_mut().state(&field.name);
        }
        let value = match given.or_else(|| args.open.clone()) {
            Some(it) => it,
            None if field.default.is_some() => filling::default(machine, &field)?,
            None => {
                let name = format!("{prefix}{}", field.name).to_uppercase();
                crate::evaluate::installed::missing_variable(machine, &name)
            }
        };
        let value = coercion::field(machine, &class, &field, value)?;
        it.fields.borrow_mut().insert(Rc::clone(&field.name), value);
    }
    filling::checked(machine, it)
}

/// The arguments, and for those that are not given what the environment has.
fn with_variables<'a>(
    machine: &mut Machine<'a>,
    class: &Rc<Class<'a>>,
    (mut args, prefix): (Args<'a>, &str),
) -> Result<Args<'a>, Stop<'a>> {
    let files = configured(machine, class, "env_file");
    let files = files.map(|it| of_files(machine, &it)).transpose()?.unwrap_or_default();
    for field in data::fields(machine, class) {
        if args.named(&field.name).is_some() {
            continue;
        }
        if let Some(it) = variable((machine, &files), &field, prefix) {
            let it = if is_json(&field) { json::parse(machine, &it)? } else { it };
            args.named.push((Rc::clone(&field.name), it));
        }
    }
    Ok(args)
}

/// The environment wins over files, of which the last one does.
fn variable<'a>(
    (machine, files): (&Machine<'a>, &[(Rc<str>, Value<'a>)]),
    field: &Field<'a>,
    prefix: &str,
) -> Option<Value<'a>> {
    let wanted = match aliases(field) {
        Ok(found) if found.is_empty() => vec![format!("{prefix}{}", field.name)],
        Ok(found) => found,
        Err(unknown) => return Some(unknown),
    };
    wanted.iter().find_map(|wanted| {
        let is = |it: &str| it.eq_ignore_ascii_case(wanted);
        let mut all = machine.environment.iter();
        let given = all.find(|(it, _)| is(it)).map(|(_, it)| it);
        given.or_else(|| files.iter().rfind(|(it, _)| is(it)).map(|it| &it.1)).cloned()
    })
}

/// The names that the field is given another way: `validation_alias="X"`, `AliasChoices("X", "Y")`; `Err` with what nobody knows.
fn aliases<'a>(field: &Field<'a>) -> Result<Vec<String>, Value<'a>> {
    let Some(Value::Object(it)) = &field.default else { return Ok(Vec::new()) };
    let fields = it.fields.borrow();
    let stated = ["validation_alias", "alias", "env"].iter().find_map(|it| fields.get(*it));
    let text = |it: &Value<'_>| it.as_text().map(ToString::to_string);
    match stated {
        Some(Value::Object(it)) if &*it.class == "pydantic.AliasChoices" => {
            Ok(it.positional.iter().filter_map(text).collect())
        }
        Some(unknown @ Value::Unknown(_)) => Err(unknown.clone()),
        Some(it) => Ok(text(it).into_iter().collect()),
        None => Ok(Vec::new()),
    }
}

/// Lists and mappings are written as JSON, unless the field says that it reads them itself.
fn is_json(field: &Field<'_>) -> bool {
    const KINDS: [&str; 10] =
        ["list", "List", "dict", "Dict", "tuple", "Tuple", "set", "Set", "Sequence", "Mapping"];
    let (kind, marks) = match field.annotation {
        Expr::Subscript(it) if data::is_named(field.annotation, "Annotated") => {
            let parts = it.slice.as_tuple_expr().map(|it| it.elts.as_slice());
            parts.and_then(<[Expr]>::split_first).unwrap_or((field.annotation, &[]))
        }
        plain => (plain, [].as_slice()),
    };
    let is_collection = KINDS.iter().any(|it| data::is_named(kind, it));
    is_collection && !marks.iter().any(|it| data::is_named(it, "NoDecode"))
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
