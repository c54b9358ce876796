//! `click` and `typer`: a command that is called runs its function with the defaults of its options.

use std::cell::RefCell;
use std::rc::Rc;

use super::{Made, applications, environment, object};
use crate::evaluate::call::{self, Args};
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::{Object, Value};
use crate::evaluate::{exception, files};

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    let Some(name) = dotted.strip_prefix("click.") else { return typer(machine, dotted, args) };
    let first = args.positional.first().cloned();
    Ok(Some(match (name, first) {
        ("command", Some(function @ (Value::Function(_) | Value::Object(_)))) => {
            command(machine, &function)
        }
        ("pass_context" | "pass_obj", Some(function)) => {
            let option = object(machine, &format!("click.{name}"), Args::none());
            decorated(machine, &function, option)
        }
        ("command" | "option" | "argument" | "version_option" | "help_option", _) => {
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
    let value = invoked(machine, it, Args::none(), &Value::None)?;
    if args.named("standalone_mode").and_then(Value::truth) == Some(false) {
        return Ok(value);
    }
    exception::raise(machine, "SystemExit", vec![Value::Int(0)])
}

/// Runs the command with what is given, the rest as its options have it; `shared` is what its context has as `obj`.
fn invoked<'a>(
    machine: &mut Machine<'a>,
    it: &Object<'a>,
    mut given: Args<'a>,
    shared: &Value<'a>,
) -> Eval<'a> {
    let Some(callee) = it.positional.first().cloned() else { return Ok(Value::None) };
    let (function, options) = match &callee {
        Value::Object(it) if &*it.class == "click.decorated" => (
            it.positional.first().cloned().unwrap_or(Value::None),
            it.positional.iter().skip(1).cloned().collect(),
        ),
        other => (other.clone(), Vec::new()),
    };
    for option in &options {
        match option {
            Value::Object(it) if &*it.class == "click.pass_context" => {
                let fields = [("invoked_subcommand", Value::None), ("obj", shared.clone())];
                let context = files::object(machine.at, "click.Context", fields);
                given.positional.insert(0, context);
            }
            Value::Object(it) if &*it.class == "click.pass_obj" => {
                given.positional.insert(0, shared.clone());
            }
            Value::Object(it) if !given.named.iter().any(|(name, _)| is_named(it, name)) => {
                let value = default(machine, it)?;
                given.named.extend(value);
            }
            _ => {}
        }
    }
    call::value(machine, &function, given)
}

pub(super) const OF_CONTEXT: &[&str] = &["ensure_object", "exit", "forward", "invoke", "get_help"];

/// What a method of the context of a command gives.
pub(super) fn context<'a>(
    machine: &mut Machine<'a>,
    it: &Object<'a>,
    name: &str,
    mut args: Args<'a>,
) -> Eval<'a> {
    match (name, args.positional.first().cloned()) {
        ("invoke", Some(callee)) => {
            args.positional.remove(0);
            match &callee {
                Value::Object(command) if &*command.class == "click.Command" => {
                    let shared = it.fields.borrow().get("obj").cloned().unwrap_or(Value::None);
                    invoked(machine, command, args, &shared)
                }
                other => call::value(machine, other, args),
            }
        }
        ("ensure_object", Some(kind)) => {
            let made = call::value(machine, &kind, Args::none())?;
            it.fields.borrow_mut().insert("obj".into(), made.clone());
            Ok(made)
        }
        ("exit", code) => {
            exception::raise(machine, "SystemExit", vec![code.unwrap_or(Value::Int(0))])
        }
        _ => Ok(machine.unknown(format!("the result of `{name}` of a command's context"))),
    }
}

type Default<'a> = Option<(Rc<str>, Value<'a>)>;

/// How an option is written, and the name of its argument.
fn option_name(it: &Object<'_>) -> Option<(Rc<str>, String)> {
    let Some(Value::List(all)) = it.positional.first() else { return None };
    let names: Vec<Rc<str>> = all.borrow().iter().filter_map(|it| it.as_text().cloned()).collect();
    let plain = names.iter().find(|it| !it.starts_with('-'));
    let long = names.iter().find(|it| it.starts_with("--")).or_else(|| names.first());
    let shown = plain.or(long)?;
    let first = shown.split('/').next().unwrap_or(shown).trim_start_matches('-');
    Some((Rc::clone(shown), first.replace('-', "_").to_lowercase()))
}

fn is_named(it: &Object<'_>, name: &str) -> bool {
    option_name(it).is_some_and(|(_, own)| own == name)
}

/// The name and the value of an option that is not given.
fn default<'a>(machine: &mut Machine<'a>, it: &Object<'a>) -> Result<Default<'a>, Stop<'a>> {
    let fields = it.fields.borrow().clone();
    let Some((shown, name)) = option_name(it) else { return Ok(None) };
    let is_on = |name: &str| fields.get(name).and_then(Value::truth) == Some(true);
    let given = from_environment(machine, fields.get("envvar"), fields.get("default"))?;
    let value = match given.as_ref().or(fields.get("default")) {
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

/// What the environment has of the variables that `envvar=` names, as the type of the `default`.
fn from_environment<'a>(
    machine: &mut Machine<'a>,
    names: Option<&Value<'a>>,
    default: Option<&Value<'a>>,
) -> Result<Option<Value<'a>>, Stop<'a>> {
    let Some(given) = names.and_then(|it| environment::first_of(machine, it)) else {
        return Ok(None);
    };
    let kind = match default {
        Some(Value::Int(_)) => "builtins.int",
        Some(Value::Float(_)) => "builtins.float",
        Some(Value::Bool(_)) => return Ok(Some(machine.unknown("a flag from the environment"))),
        _ => return Ok(Some(given)),
    };
    call::value(machine, &Value::Outside(kind.into()), Args::of(vec![given])).map(Some)
}

/// `typer.run(function)`: its parameters have their defaults, those of `typer.Option(…)` too.
fn typer<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    Ok(Some(match dotted {
        "typer.Option" | "typer.Argument" => {
            let default = args.get("default", 0);
            let given = from_environment(machine, args.named("envvar"), default)?;
            given.or_else(|| default.cloned()).unwrap_or(Value::None)
        }
        "typer.run" => {
            let callee = args.positional.first().cloned().unwrap_or(Value::None);
            call::value(machine, &callee, Args::none())?;
            return exception::raise(machine, "SystemExit", vec![Value::Int(0)]);
        }
        "typer.echo" | "typer.secho" => Value::None,
        _ => return Ok(None),
    }))
}
