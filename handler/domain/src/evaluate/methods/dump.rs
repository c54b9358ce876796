//! `model_dump()`: the fields of a model as a dictionary.

use std::rc::Rc;

use ruff_python_ast::{Expr, Stmt};

use crate::evaluate::call::Args;
use crate::evaluate::class::{self, Instance, as_dict};
use crate::evaluate::dict::Dict;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::Value;
use crate::evaluate::{attribute, compare, json};

/// What counts for the models in a model, too.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "as pydantic has them")]
struct Options {
    without_none: bool,
    without_unset: bool,
    without_defaults: bool,
    by_alias: bool,
    as_json: bool,
}

/// `include=…`, `exclude=…`: the names, and whether what they name is taken in parts.
type Names<'a> = Option<Vec<(Value<'a>, Option<Value<'a>>)>>;

/// The fields as a dictionary, those of models in it too.
pub(super) fn dumped<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Instance<'a>>,
    args: &Args<'a>,
) -> Eval<'a> {
    let is_on = |name: &str| args.named(name).and_then(Value::truth) == Some(true);
    let options = Options {
        without_none: is_on("exclude_none"),
        without_unset: is_on("exclude_unset"),
        without_defaults: is_on("exclude_defaults"),
        by_alias: is_on("by_alias"),
        as_json: args.text("mode", 0).is_some_and(|it| &*it == "json"),
    };
    let only = names(machine, args.named("include"), "include")?;
    let without = names(machine, args.named("exclude"), "exclude")?;
    whole(machine, it, options, (&only, &without))
}

/// Source: pydantic takes a set, or a mapping of names to what is taken of them.
fn names<'a>(
    machine: &Machine<'a>,
    given: Option<&Value<'a>>,
    name: &str,
) -> Result<Names<'a>, Stop<'a>> {
    Ok(match given {
        None | Some(Value::None) => None,
        Some(Value::Set(it)) => Some(it.borrow().keys().into_iter().map(|it| (it, None)).collect()),
        Some(Value::Dict(it)) => {
            let is_whole = |it: &Value<'a>| matches!(it, Value::Ellipsis | Value::Bool(true));
            let it = it.borrow();
            let parts = it.iter().filter(|(_, it)| it.truth() != Some(false));
            Some(
                parts.map(|(key, it)| (key.clone(), (!is_whole(it)).then(|| it.clone()))).collect(),
            )
        }
        Some(it @ Value::Unknown(_)) => Some(vec![(it.clone(), Some(it.clone()))]),
        Some(_) => {
            let message = format!("argument '{name}': '{name}' must be a set or dict");
            return machine.raise("TypeError", message);
        }
    })
}

fn whole<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Instance<'a>>,
    options: Options,
    (only, without): (&Names<'a>, &Names<'a>),
) -> Eval<'a> {
    let of = |names: &Names<'a>, key: &Value<'a>| -> Option<Option<Value<'a>>> {
        let found = names.as_ref()?.iter().find(|(it, _)| it.is_same(key))?;
        Some(found.1.clone())
    };
    let fields = class::fields(machine, &it.class);
    let mut out = Dict::default();
    for (key, value) in rows(machine, it)? {
        let (taken, left) = (of(only, &key), of(without, &key));
        if only.is_some() && taken.is_none() || matches!(left, Some(None)) {
            continue;
        }
        let is_part = matches!(taken, Some(Some(_))) || matches!(left, Some(Some(_)));
        let field = fields.iter().find(|it| key.as_text() == Some(&it.name));
        if options.without_none && value.is_none() {
            continue;
        }
        if let Some(field) = field {
            if options.without_unset && !it.fields.borrow().is_stated(&field.name) {
                continue;
            }
            if options.without_defaults
                && let Ok(default) = class::default_of(machine, field)
                && compare::equal(machine, &default, &value)? == Some(true)
            {
                continue;
            }
        }
        let value = if is_part {
            machine.unknown("a part of a model")
        } else {
            machine.nested(|machine| deep_with(machine, &value, options))?
        };
        let alias = field.filter(|_| options.by_alias).map(class::shown_name);
        out.insert(alias.map_or(key, Value::Text), value);
    }
    if [only, without].into_iter().flatten().flatten().any(|(it, _)| it.as_unknown().is_some()) {
        return Ok(machine.unknown("a part of a model"));
    }
    Ok(Value::dict(out))
}

/// The fields and their values, and what `@computed_field` computes.
fn rows<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Instance<'a>>,
) -> Result<Vec<(Value<'a>, Value<'a>)>, Stop<'a>> {
    let all = as_dict(it);
    let all = all.iter().map(|(key, it)| (key.clone(), it.clone()));
    if !it.class.is_model() {
        return Ok(all.collect());
    }
    let fields = class::fields(machine, &it.class);
    let is_field = |key: &Value<'a>| fields.iter().any(|it| key.as_text() == Some(&it.name));
    let mut out: Vec<_> = all.filter(|(key, _)| is_field(key)).collect();
    let owner = Value::Instance(Rc::clone(it));
    let above: Vec<_> = it.class.parents().map(Rc::clone).collect();
    for class in above.iter().rev().chain([&it.class]) {
        for name in class.def.body.iter().filter_map(computed) {
            let value = attribute::get(machine, &owner, name)?;
            out.push((Value::text(name), value));
        }
    }
    Ok(out)
}

/// The name of a method below `@computed_field`.
fn computed(it: &Stmt) -> Option<&str> {
    let Stmt::FunctionDef(it) = it else { return None };
    let is_mark = |it: &Expr| match it {
        Expr::Name(it) => it.id.as_str() == "computed_field",
        Expr::Attribute(it) => it.attr.as_str() == "computed_field",
        _ => false,
    };
    let mut marks = it.decorator_list.iter().map(|it| match &it.expression {
        Expr::Call(it) => &*it.func,
        other => other,
    });
    marks.any(is_mark).then_some(it.name.as_str())
}

/// `it` with models in it as dictionaries.
fn deep_with<'a>(machine: &mut Machine<'a>, it: &Value<'a>, options: Options) -> Eval<'a> {
    machine.spend(1)?;
    let mut all = |them: &[Value<'a>]| -> Result<Vec<Value<'a>>, Stop<'a>> {
        them.iter().map(|it| machine.nested(|machine| deep_with(machine, it, options))).collect()
    };
    let made = match it {
        Value::Instance(it) if it.class.is_data() => {
            return whole(machine, it, options, (&None, &None));
        }
        Value::List(it) => Value::list(all(&it.borrow().clone())?),
        Value::Tuple(it) => Value::tuple(all(it)?),
        Value::Dict(it) => {
            let (keys, values): (Vec<_>, Vec<_>) =
                it.borrow().iter().map(|(key, it)| (key.clone(), it.clone())).unzip();
            Value::dict(keys.into_iter().zip(all(&values)?).collect())
        }
        other => other.clone(),
    };
    if !options.as_json {
        return Ok(made);
    }
    Ok(match json::to_json(machine, &made)? {
        Ok(it) => json::of(&it),
        Err(unknown) => unknown,
    })
}
