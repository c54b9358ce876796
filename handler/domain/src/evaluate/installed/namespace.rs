//! Objects that are only attributes: `types.SimpleNamespace`, `argparse.Namespace`; and `dataclasses`' functions.

use std::rc::Rc;

use super::{Made, object};
use crate::evaluate::call::{self, Args};
use crate::evaluate::class::{self, Instance, Kind};
use crate::evaluate::dict::Dict;
use crate::evaluate::fields::Fields;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::{Object, Value};
use crate::evaluate::{attribute as attributes, format};

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    let first = args.positional.first().cloned();
    Ok(Some(match (dotted, first) {
        ("types.SimpleNamespace" | "argparse.Namespace", None) => {
            object(machine, dotted, args.clone())
        }
        ("types.MappingProxyType", Some(it)) => it,
        ("dataclasses.is_dataclass", Some(it)) => Value::Bool(match &it {
            Value::Class(it) => it.kind.get() == Kind::Dataclass,
            Value::Instance(it) => it.class.kind.get() == Kind::Dataclass,
            Value::Unknown(_) => return Ok(Some(it)),
            _ => false,
        }),
        ("dataclasses.asdict" | "dataclasses.astuple", Some(it)) => {
            apart(machine, &it, dotted.ends_with("asdict"))?
        }
        ("dataclasses.replace" | "copy.replace", Some(Value::Instance(it))) => {
            replaced(machine, &it, args)?
        }
        ("dataclasses.fields", Some(it)) => match &it {
            Value::Class(class) => fields(machine, class),
            Value::Instance(own) => fields(machine, &own.class),
            _ => machine.unknown("fields"),
        },
        _ => return Ok(None),
    }))
}

/// `asdict(it)`, `astuple(it)`: dataclasses in it too.
fn apart<'a>(machine: &mut Machine<'a>, it: &Value<'a>, named: bool) -> Eval<'a> {
    machine.spend(1)?;
    let mut all = |them: Vec<Value<'a>>| -> Result<Vec<Value<'a>>, Stop<'a>> {
        them.iter().map(|it| machine.nested(|machine| apart(machine, it, named))).collect()
    };
    Ok(match it {
        Value::Instance(it) if it.class.kind.get() == Kind::Dataclass => {
            let Value::Tuple(values) = class::row(machine, it) else { return Ok(Value::None) };
            let names: Vec<Rc<str>> = class::fields(machine, &it.class)
                .into_iter()
                .map(|it| it.name)
                .filter(|name| it.fields.borrow().contains_key(name))
                .collect();
            let mut made = Vec::new();
            for it in values.iter() {
                made.push(machine.nested(|machine| apart(machine, it, named))?);
            }
            if !named {
                return Ok(Value::tuple(made));
            }
            Value::dict(names.into_iter().map(Value::Text).zip(made).collect())
        }
        Value::List(it) => {
            let them = it.borrow().clone();
            Value::list(all(them)?)
        }
        Value::Tuple(it) => Value::tuple(all(it.to_vec())?),
        Value::Dict(it) => {
            let it = it.borrow().clone();
            let (keys, values): (Vec<_>, Vec<_>) =
                it.iter().map(|(key, it)| (key.clone(), it.clone())).unzip();
            Value::dict(keys.into_iter().zip(all(values)?).collect())
        }
        other => other.clone(),
    })
}

fn replaced<'a>(machine: &mut Machine<'a>, it: &Rc<Instance<'a>>, args: &Args<'a>) -> Eval<'a> {
    let taken: Vec<Rc<str>> = class::fields(machine, &it.class)
        .iter()
        .filter(|it| class::is_of_init(it))
        .map(|it| Rc::clone(&it.name))
        .collect();
    let mut fields: Fields<'a> = it
        .fields
        .borrow()
        .iter()
        .filter(|(name, _)| taken.contains(name))
        .map(|(name, it)| (Rc::clone(name), it.clone()))
        .collect();
    fields.extend(args.named.iter().cloned());
    let mut given = Args::none();
    given.named = fields.iter().map(|(name, it)| (Rc::clone(name), it.clone())).collect();
    call::value(machine, &Value::Class(Rc::clone(&it.class)), given)
}

fn fields<'a>(machine: &mut Machine<'a>, class: &Rc<class::Class<'a>>) -> Value<'a> {
    let all = class::fields(machine, class).into_iter();
    let all = all.filter(|it| !class::is_named(it.annotation, "InitVar")).map(|it| {
        let mut args = Args::none();
        let default = it.default.clone().unwrap_or_else(|| machine.unknown("a default"));
        let kind = machine.unknown("an annotation");
        args.named = vec![
            ("name".into(), Value::Text(Rc::clone(&it.name))),
            ("default".into(), default),
            ("type".into(), kind),
        ];
        object(machine, "dataclasses.Field", args)
    });
    Value::tuple(all.collect())
}

/// What `namespace.name` gives.
#[expect(clippy::unnecessary_wraps, reason = "as the others of its table")]
pub(super) fn attribute<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    name: &str,
) -> Option<Eval<'a>> {
    let fields = it.fields.borrow();
    if let Some(found) = fields.get(name).or_else(|| fields.get("*")) {
        return Some(Ok(found.clone()));
    }
    if name == "__dict__" {
        let all = fields.iter().map(|(name, it)| (Value::Text(Rc::clone(name)), it.clone()));
        return Some(Ok(Value::dict(all.collect())));
    }
    Some(attributes::no_attribute(machine, &Value::Object(Rc::clone(it)), name))
}

/// Whether two have equal attributes, as far as texts and numbers go.
pub(super) fn equal(a: &Object<'_>, b: &Object<'_>) -> bool {
    let shown = |it: &Object<'_>| {
        let fields = it.fields.borrow();
        let all: Dict<'_> =
            fields.iter().map(|(name, it)| (Value::Text(Rc::clone(name)), it.clone())).collect();
        format::repr(&Value::dict(all))
    };
    shown(a) == shown(b)
}

/// `namespace(a=1)`
pub(super) fn repr(it: &Object<'_>) -> Option<String> {
    let name = if &*it.class == "types.SimpleNamespace" { "namespace" } else { "Namespace" };
    let fields = it.fields.borrow();
    if fields.values().any(|it| it.as_unknown().is_some()) {
        return None;
    }
    let shown: Vec<String> =
        fields.iter().map(|(name, it)| format!("{name}={}", format::repr(it))).collect();
    Some(format!("{name}({})", shown.join(", ")))
}
