//! `collections`, and functions that make classes: `namedtuple`, `Enum("Color", "RED GREEN")`, `NewType`.

use std::rc::Rc;

use super::{Made, built_in_dict};
use crate::evaluate::call::Args;
use crate::evaluate::class::{self, Kind};
use crate::evaluate::dict::{Dict, Kind as DictKind};
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::Value;
use crate::evaluate::{items, methods};

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    let rest = || {
        let mut args = args.clone();
        if !args.positional.is_empty() {
            args.positional.remove(0);
        }
        args
    };
    Ok(Some(match dotted {
        "collections.namedtuple" | "typing.NamedTuple" => named_tuple(machine, args)?,
        "collections.defaultdict" => {
            let factory = args.positional.first().cloned().unwrap_or(Value::None);
            of_kind(built_in_dict(machine, rest())?, DictKind::Default(factory))
        }
        "collections.OrderedDict" => {
            of_kind(built_in_dict(machine, args.clone())?, DictKind::Ordered)
        }
        "collections.Counter" => {
            let made = of_kind(Value::dict(Dict::default()), DictKind::Counter);
            if let Value::Dict(it) = &made {
                methods::count(machine, it, args, 1)?;
            }
            made
        }
        "collections.ChainMap" => {
            let mut out = Dict::default();
            for it in args.positional.iter().rev() {
                let Value::Dict(it) = it else { return Ok(Some(machine.unknown("a `ChainMap`"))) };
                it.borrow().iter().for_each(|(key, it)| out.insert(key.clone(), it.clone()));
            }
            Value::dict(out)
        }
        "collections.deque" => deque(machine, args)?,
        "enum.Enum" | "enum.IntEnum" | "enum.StrEnum" | "enum.Flag" | "enum.IntFlag"
            if args.get("names", 1).is_some() =>
        {
            class::made_by_call(machine, dotted, args)?
        }
        "typing.NewType" | "typing_extensions.NewType" => {
            let identity = Args::of(vec![Value::outside("builtins.NewType")]);
            super::object(machine, "operator.identity", identity)
        }
        "typing.TypedDict" | "typing_extensions.TypedDict" => {
            let name = args.text("typename", 0).unwrap_or_default();
            Value::Class(class::made(machine, &name, Kind::TypedDict, Vec::new(), Vec::new()))
        }
        "typing.cast" | "typing_extensions.cast" => {
            args.get("val", 1).cloned().unwrap_or(Value::None)
        }
        _ => return Ok(None),
    }))
}

fn of_kind<'a>(made: Value<'a>, kind: DictKind<'a>) -> Value<'a> {
    if let Value::Dict(it) = &made {
        it.borrow_mut().kind = kind;
    }
    made
}

fn named_tuple<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Eval<'a> {
    let name = args.text("typename", 0).unwrap_or_default();
    let given = args.get("field_names", 1).or_else(|| args.named("fields")).cloned();
    let given = given.unwrap_or(Value::None);
    let names: Option<Vec<Rc<str>>> = match given.as_text() {
        Some(it) => Some(it.split([',', ' ']).filter(|it| !it.is_empty()).map(Rc::from).collect()),
        None => items::of(machine, &given)?.map(|all| all.iter().filter_map(name_of).collect()),
    };
    let Some(names) = names else { return Ok(given) };
    let defaults = match args.named("defaults") {
        Some(it) => items::of(machine, &it.clone())?.unwrap_or_default(),
        None => Vec::new(),
    };
    let without = names.len().saturating_sub(defaults.len());
    let defaults = std::iter::repeat_n(None, without).chain(defaults.into_iter().map(Some));
    let declared = names.into_iter().zip(defaults).collect();
    Ok(Value::Class(class::made(machine, &name, Kind::NamedTuple, Vec::new(), declared)))
}

/// `"x"`, or `("x", int)`
fn name_of(it: &Value<'_>) -> Option<Rc<str>> {
    match it {
        Value::Tuple(pair) => pair.first()?.as_text().cloned(),
        other => other.as_text().cloned(),
    }
}

/// What `repr` writes around the entries of a dictionary.
pub(in crate::evaluate) fn around(it: &Dict<'_>) -> (String, String) {
    match &it.kind {
        DictKind::Default(factory) => {
            (format!("defaultdict({}, {{", crate::evaluate::format::repr(factory)), "})".to_owned())
        }
        DictKind::Counter | DictKind::Ordered if it.is_empty() => {
            (format!("{}(", it.type_name()), ")".to_owned())
        }
        DictKind::Counter | DictKind::Ordered => {
            (format!("{}({{", it.type_name()), "})".to_owned())
        }
        DictKind::Plain | DictKind::Frozen | DictKind::Environment | DictKind::Of(_) => {
            ("{".to_owned(), "}".to_owned())
        }
    }
}

/// The entries as `repr` shows them: of a `Counter` the greatest first.
pub(in crate::evaluate) fn in_shown_order<'a>(it: &Dict<'a>) -> Vec<(Value<'a>, Value<'a>)> {
    let mut out: Vec<_> = it.iter().map(|(key, it)| (key.clone(), it.clone())).collect();
    if matches!(it.kind, DictKind::Counter) {
        out.sort_by_key(|(_, it)| std::cmp::Reverse(it.as_int().unwrap_or(0)));
    }
    out
}

/// `deque(items, maxlen=…)`: a list, of which the ends are dropped that are too much.
fn deque<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Eval<'a> {
    let made = match args.positional.first() {
        Some(it) => match items::of(machine, it)? {
            Some(all) => Value::list(all),
            None => return Ok(it.clone()),
        },
        None => Value::list(Vec::new()),
    };
    let most = args.get("maxlen", 1).filter(|it| !it.is_none());
    if let Some(most) = most.and_then(Value::as_int).and_then(|it| usize::try_from(it).ok()) {
        machine.bounded.push((made.clone(), most));
        bound(machine, &made, false);
    }
    Ok(made)
}

/// Drops what is too much of a list that was made longer, at its start or at its end.
pub(in crate::evaluate) fn bound<'a>(machine: &Machine<'a>, it: &Value<'a>, at_start: bool) {
    let Some((_, most)) = machine.bounded.iter().find(|(list, _)| list.is_same(it)) else { return };
    let Value::List(it) = it else { return };
    let mut all = it.borrow_mut();
    let more = all.len().saturating_sub(*most);
    if at_start {
        all.truncate(*most);
    } else {
        all.drain(..more);
    }
}
