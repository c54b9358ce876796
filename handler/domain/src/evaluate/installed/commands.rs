//! `click` and `typer`: a command that is called runs its function with the defaults of its options.

use std::cell::RefCell;
use std::rc::Rc;

use super::{Made, applications, object};
use crate::evaluate::call::{self, Args};
use crate::evaluate::exception;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::{Object, Value};

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    let Some(name) = dotted.strip_prefix("click.") else { return typer(machine, dotted, args) };
    let first = args.positional.first().cloned();
    Ok(Some(match (name, first) {
        ("command", Some(function @ (Value::Function(_) | Value::Object(_)))) => {
            command(machine, &function)
        }
        (
            "command" | "option" | "argument" | "version_option" | "pass_context" | "help_option",
            _,
        ) => {
            let kind = format!("click.{name}");
            let mut told = Args::of(vec![Value::list(args.positional.clone())]);
            told.named.clone_from(&args.named);
            object(machine, &kind, told)
        }
        ("echo" | "secho", _) => Value::None,
        _ => return Ok(None),
    }))
}

/// A function with what its options are.
fn decorated<'a>(machine: &Machine<'a>, function: &Value<'a>, option: Value<'a>) -> Value<'a> {
    let (inner, mut options) = match function {
        Value::Object(it) if &*it.class == "click.decorated" => (
            it.positional.first().cloned().unwrap_or(Value::None),
            it.positional.iter().skip(1).cloned().collect(),
        ),
        other => (other.clone(), Vec::new()),
    };
    options.push(option);
    let positional = std::iter::once(inner).chain(options).collect();
    Value::Object(Rc::new(Object {
        class: "click.decorated".into(),
        positional,
        fields: RefCell::default(),
        at: machine.at,
    }))
}

pub(super) fn command<'a>(machine: &Machine<'a>, function: &Value<'a>) -> Value<'a> {
    object(machine, "click.Command", Args::of(vec![function.clone()]))
}

/// What the call of an option, or of a command, gives.
pub(super) fn run<'a>(machine: &mut Machine<'a>, it: &Rc<Object<'a>>, args: &Args<'a>) -> Eval<'a> {
    let first = args.positional.first().cloned().unwrap_or(Value::None);
    match &*it.class {
        "click.option" | "click.argument" => {
            Ok(decorated(machine, &first, Value::Object(Rc::clone(it))))
        }
        "click.command" => Ok(command(machine, &first)),
        "click.Command" => main(machine, it, args),
        class if class == "click.Group" || class == "click.group" || class.contains(".of_") => {
            applications::run(machine, it, args)
        }
        _ => Ok(first),
    }
}

/// Runs the command without arguments.
fn main<'a>(machine: &mut Machine<'a>, it: &Object<'a>, args: &Args<'a>) -> Eval<'a> {
    let Some(callee) = it.positional.first().cloned() else { return Ok(Value::None) };
    let (function, options) = match &callee {
        Value::Object(it) if &*it.class == "click.decorated" => (
            it.positional.first().cloned().unwrap_or(Value::None),
            it.positional.iter().skip(1).cloned().collect(),
        ),
        other => (other.clone(), Vec::new()),
    };
    let mut given = Args::none();
    for option in &options {
        if let Value::Object(option) = option {
            let value = default(machine, option)?;
            given.named.extend(value);
        }
    }
    let value = call::value(machine, &function, given)?;
    if args.named("standalone_mode").and_then(Value::truth) == Some(false) {
        return Ok(value);
    }
    exception::raise(machine, "SystemExit", vec![Value::Int(0)])
}

type Default<'a> = Option<(Rc<str>, Value<'a>)>;

/// The name and the value of an option that is not given.
fn default<'a>(machine: &mut Machine<'a>, it: &Object<'a>) -> Result<Default<'a>, Stop<'a>> {
    let fields = it.fields.borrow().clone();
    let names: Vec<Rc<str>> = match it.positional.first() {
        Some(Value::List(all)) => {
            all.borrow().iter().filter_map(|it| it.as_text().cloned()).collect()
        }
        _ => Vec::new(),
    };
    let plain = names.iter().find(|it| !it.starts_with('-'));
    let long = names.iter().find(|it| it.starts_with("--")).or_else(|| names.first());
    let Some(shown) = plain.or(long) else { return Ok(None) };
    let name = shown
        .split('/')
        .next()
        .unwrap_or(shown)
        .trim_start_matches('-')
        .replace('-', "_")
        .to_lowercase();
    let is_on = |name: &str| fields.get(name).and_then(Value::truth) == Some(true);
    let value = match fields.get("default") {
        Some(callee @ (Value::Function(_) | Value::Method(_))) => {
            call::value(machine, callee, Args::none())?
        }
        Some(it) => it.clone(),
        None if is_on("required")
            || &*it.class == "click.argument" && !fields.contains_key("required") =>
        {
            return exception::raise(machine, "SystemExit", vec![Value::Int(2)]);
        }
        None if is_on("is_flag") || shown.contains('/') => Value::Bool(false),
        None if is_on("multiple") => Value::tuple(Vec::new()),
        None => Value::None,
    };
    let value = match (fields.get("type"), &value) {
        (Some(kind @ Value::Outside(name)), Value::Text(_)) if name.starts_with("builtins.") => {
            call::value(machine, kind, Args::of(vec![value]))?
        }
        _ => value,
    };
    Ok(Some((name.into(), value)))
}

/// `typer.run(function)`: its parameters have their defaults, those of `typer.Option(…)` too.
fn typer<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    Ok(Some(match dotted {
        "typer.Option" | "typer.Argument" => args.get("default", 0).cloned().unwrap_or(Value::None),
        "typer.run" => {
            let callee = args.positional.first().cloned().unwrap_or(Value::None);
            call::value(machine, &callee, Args::none())?;
            return exception::raise(machine, "SystemExit", vec![Value::Int(0)]);
        }
        "typer.echo" | "typer.secho" => Value::None,
        _ => return Ok(None),
    }))
}
