//! Command lines of several commands, `typer.Typer` and `click.group`: run without arguments, so that no command is chosen
//! unless there is only one.

use std::rc::Rc;

use super::{Made, commands, object};
use crate::evaluate::call::{self, Args};
use crate::evaluate::exception;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::{Object, Value};

pub(super) const METHODS: &[&str] = &["command", "callback", "add_typer"];
pub(super) const OF_GROUPS: &[&str] =
    &["command", "group", "add_command", "result_callback", "main"];

/// The commands of an application, and what it does before any.
const COMMANDS: &str = "commands";
const CALLBACK: &str = "callback";

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    let first = args.positional.first().cloned();
    Ok(Some(match (dotted, first) {
        ("typer.Typer", _) => application(machine, "typer.Typer", None, args),
        ("click.group", Some(it @ (Value::Function(_) | Value::Object(_)))) => {
            application(machine, "click.Group", Some(it), &Args::none())
        }
        ("click.group", _) => object(machine, "click.group", args.clone()),
        _ => return Ok(None),
    }))
}

fn application<'a>(
    machine: &Machine<'a>,
    class: &str,
    callback: Option<Value<'a>>,
    args: &Args<'a>,
) -> Value<'a> {
    let mut given = Args { named: args.named.clone(), ..Args::none() };
    given.named.push((COMMANDS.into(), Value::list(Vec::new())));
    given.named.extend(callback.map(|it| (CALLBACK.into(), it)));
    object(machine, class, given)
}

/// `@app.command()`, `@group.command("name")`: a decorator, or what it decorates.
#[expect(clippy::unnecessary_wraps, reason = "as the others of its table")]
pub(super) fn method<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    name: &str,
    args: &Args<'a>,
) -> Eval<'a> {
    let own = Value::Object(Rc::clone(it));
    let decorated = args.positional.first().filter(|it| it.as_text().is_none());
    Ok(match (name, decorated) {
        ("command" | "callback" | "group", None) => {
            let kind = format!("click.of_{name}");
            let mut told = Args::of(vec![own]);
            told.named.clone_from(&args.named);
            object(machine, &kind, told)
        }
        (_, Some(function)) => kept(machine, it, name, function),
        _ => Value::None,
    })
}

/// Keeps a command of the application.
fn kept<'a>(machine: &Machine<'a>, it: &Object<'a>, name: &str, function: &Value<'a>) -> Value<'a> {
    if name == CALLBACK {
        it.fields.borrow_mut().insert(CALLBACK.into(), function.clone());
        return function.clone();
    }
    let command = match (name, &*it.class) {
        ("group", _) => application(machine, "click.Group", Some(function.clone()), &Args::none()),
        ("command", "click.Group") => commands::command(machine, function),
        _ => function.clone(),
    };
    if let Some(Value::List(all)) = it.fields.borrow().get(COMMANDS) {
        all.borrow_mut().push(command.clone());
    }
    command
}

/// What a call of an application or of one of its decorators gives.
pub(super) fn run<'a>(machine: &mut Machine<'a>, it: &Rc<Object<'a>>, args: &Args<'a>) -> Eval<'a> {
    let first = args.positional.first().cloned().unwrap_or(Value::None);
    match (&*it.class, it.positional.first()) {
        ("click.of_command" | "click.of_callback" | "click.of_group", Some(Value::Object(app))) => {
            let name = it.class.trim_start_matches("click.of_");
            if let Some(it) = it.fields.borrow().get("invoke_without_command") {
                app.fields.borrow_mut().insert("invoke_without_command".into(), it.clone());
            }
            Ok(kept(machine, app, name, &first))
        }
        ("click.group", _) => {
            let mut given = Args::none();
            let fields = it.fields.borrow().clone();
            given.named = fields.into_iter().collect();
            Ok(application(machine, "click.Group", Some(first), &given))
        }
        _ => main(machine, it),
    }
}

/// Runs the application without arguments: what it does without a command, or the only one of `typer`.
fn main<'a>(machine: &mut Machine<'a>, it: &Object<'a>) -> Eval<'a> {
    let fields = it.fields.borrow().clone();
    let commands = match fields.get(COMMANDS) {
        Some(Value::List(all)) => all.borrow().clone(),
        _ => Vec::new(),
    };
    let alone = fields.get("invoke_without_command").and_then(Value::truth) == Some(true);
    let callback = fields.get(CALLBACK).filter(|it| !it.is_none());
    let callee = match (&*it.class, callback, commands.as_slice()) {
        (_, Some(callback), _) if alone => Some(callback),
        ("typer.Typer", None, [only]) => Some(only),
        _ => None,
    };
    if let Some(callee) = callee {
        let is_click = &*it.class == "click.Group";
        let command = if is_click { commands::command(machine, callee) } else { callee.clone() };
        call::value(machine, &command, Args::none())?;
    }
    exception::raise(machine, "SystemExit", vec![Value::Int(0)])
}
