//! `argparse`: a declaration file is run without arguments, so every one has its default.

use std::rc::Rc;

use super::Made;
use crate::evaluate::call::{self, Args};
use crate::evaluate::exception;
use crate::evaluate::files;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::{Object, Value};

pub(super) const METHODS: &[&str] = &[
    "add_argument",
    "add_argument_group",
    "add_mutually_exclusive_group",
    "add_parser",
    "add_subparsers",
    "error",
    "exit",
    "parse_args",
    "parse_known_args",
    "format_help",
    "format_usage",
    "get_default",
    "print_help",
    "print_usage",
    "set_defaults",
];

/// What such a call gives; `None` for other names.
#[expect(clippy::unnecessary_wraps, reason = "all modules are asked the same way")]
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, _: &Args<'a>) -> Made<'a> {
    Ok((dotted == "argparse.ArgumentParser").then(|| parser(machine)))
}

fn parser<'a>(machine: &Machine<'a>) -> Value<'a> {
    let fields = [("arguments", Value::list(Vec::new())), ("required", Value::list(Vec::new()))];
    files::object(machine.at, "argparse.ArgumentParser", fields)
}

/// Methods of a parser, and of its groups, which are the parser itself here.
pub(super) fn method<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    name: &str,
    args: &Args<'a>,
) -> Eval<'a> {
    let own = Value::Object(Rc::clone(it));
    Ok(match name {
        "add_argument" => {
            add(machine, it, args)?;
            Value::None
        }
        "add_argument_group" | "add_mutually_exclusive_group" => own,
        "add_subparsers" => subparsers(machine, it, args),
        // nothing chooses it: what it has to say is not heard
        "add_parser" => parser(machine),
        "get_default" => {
            let name = args.text("dest", 0).unwrap_or_default();
            value_of(it, &name).unwrap_or(Value::None)
        }
        "set_defaults" => {
            args.named.iter().for_each(|(name, value)| keep(it, name, value.clone()));
            Value::None
        }
        "parse_args" | "parse_known_args" => return parsed(machine, it, name, args),
        "error" | "exit" => {
            return exception::raise(machine, "SystemExit", vec![Value::Int(2)]);
        }
        "print_help" | "print_usage" => Value::None,
        _ => machine.unknown(format!("the result of `{name}` of a parser")),
    })
}

fn list_of<'a>(it: &Object<'a>, name: &str) -> Vec<Value<'a>> {
    match it.fields.borrow().get(name) {
        Some(Value::List(all)) => all.borrow().clone(),
        _ => Vec::new(),
    }
}

/// Keeps the value that an argument has, by its name.
fn keep<'a>(it: &Object<'a>, name: &str, value: Value<'a>) {
    if let Some(Value::List(all)) = it.fields.borrow().get("arguments") {
        all.borrow_mut().push(Value::tuple(vec![Value::text(name), value]));
    }
}

/// `add_subparsers(dest="command")`: no command is given.
fn subparsers<'a>(machine: &Machine<'a>, it: &Object<'a>, args: &Args<'a>) -> Value<'a> {
    let name = args.text("dest", usize::MAX);
    if let Some(name) = &name {
        keep(it, name, Value::None);
    }
    if args.named("required").and_then(Value::truth) == Some(true)
        && let Some(Value::List(all)) = it.fields.borrow().get("required")
    {
        all.borrow_mut().push(Value::Text(name.unwrap_or_default()));
    }
    files::object(machine.at, "argparse.SubParsers", [])
}

/// The value that an argument has, the last one that was kept.
fn value_of<'a>(it: &Object<'a>, name: &str) -> Option<Value<'a>> {
    list_of(it, "arguments").iter().rev().find_map(|pair| match pair {
        Value::Tuple(pair) => match &**pair {
            [key, value] if key.as_text().is_some_and(|it| &**it == name) => Some(value.clone()),
            _ => None,
        },
        _ => None,
    })
}

/// `add_argument("--name", default=…)`
fn add<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    args: &Args<'a>,
) -> Result<(), crate::evaluate::machine::Stop<'a>> {
    let names: Vec<Rc<str>> =
        args.positional.iter().filter_map(|it| it.as_text().cloned()).collect();
    let long = names.iter().find(|it| it.starts_with("--")).or_else(|| names.first());
    let Some(shown) = long.cloned() else { return Ok(()) };
    let is_option = shown.starts_with('-');
    let name = args.text("dest", usize::MAX);
    let name = name.unwrap_or_else(|| shown.trim_start_matches('-').replace('-', "_").into());
    let action = args.text("action", usize::MAX).unwrap_or_default();
    let optional_place =
        args.text("nargs", usize::MAX).is_some_and(|it| &*it == "?" || &*it == "*");
    let required = args.named("required").and_then(Value::truth) == Some(true);
    if (required || (!is_option && !optional_place))
        && let Some(Value::List(all)) = it.fields.borrow().get("required")
    {
        all.borrow_mut().push(Value::Text(shown));
    }
    let value = match (args.named("default"), &*action) {
        (Some(it), _) => it.clone(),
        (None, "store_true") => Value::Bool(false),
        (None, "store_false") => Value::Bool(true),
        (None, "help" | "version") => return Ok(()),
        (None, _) if !is_option && args.text("nargs", usize::MAX).as_deref() == Some("*") => {
            Value::list(Vec::new())
        }
        (None, _) => Value::None,
    };
    // a text that is a default is read as one that is given
    let value = match (args.named("type").cloned(), &value) {
        (Some(kind), Value::Text(_)) => call::value(machine, &kind, Args::of(vec![value]))?,
        _ => value,
    };
    keep(it, &name, value);
    Ok(())
}

/// Whether the file has given itself arguments: a run has its own name alone.
fn has_more(argv: &Value<'_>) -> bool {
    !matches!(argv, Value::List(all) if all.borrow().len() <= 1)
}

/// The arguments of a run without any.
fn parsed<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    name: &str,
    args: &Args<'a>,
) -> Eval<'a> {
    let given = args.get("args", 0).filter(|it| !it.is_none());
    if given.map_or_else(|| has_more(&machine.argv), |it| it.truth() != Some(false)) {
        return Ok(machine.unknown("arguments that are read"));
    }
    if !list_of(it, "required").is_empty() {
        return exception::raise(machine, "SystemExit", vec![Value::Int(2)]);
    }
    let space = files::object(machine.at, "argparse.Namespace", []);
    if let Value::Object(space) = &space {
        for pair in list_of(it, "arguments") {
            let Value::Tuple(pair) = pair else { continue };
            let [name, value] = &*pair else { continue };
            if let Some(name) = name.as_text() {
                space.fields.borrow_mut().insert(Rc::clone(name), value.clone());
            }
        }
    }
    Ok(match name {
        "parse_args" => space,
        _ => Value::tuple(vec![space, Value::list(Vec::new())]),
    })
}
