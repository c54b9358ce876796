//! Objects of installed classes: attributes, methods, operators.

use std::rc::Rc;

use super::{
    address, configuration, context, digest, functional, identifier, logging, namespace, operators,
    pattern_call, specifier, stream, template, threads, version,
};
use crate::evaluate::attribute::native;
use crate::evaluate::call::Args;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::moment::recurrence;
use crate::evaluate::value::{Object, Value};
use crate::evaluate::{class, exception, prefect};

/// What a call of an object gives.
pub(in crate::evaluate) fn call_object<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    args: Args<'a>,
) -> Eval<'a> {
    match &*it.class {
        class if class.starts_with("functools.") => functional::call_object(machine, it, args),
        "typer.Typer" => super::applications::run(machine, it, &args),
        class if class.starts_with("click.") => super::commands::run(machine, it, &args),
        "dateutil.rrule.weekday" => Ok(recurrence::nth(machine, it, &args)),
        class if class.starts_with("operator.") => operators::call_object(machine, it, &args),
        // a decorator with arguments: `@dataclass(frozen=True)`, `@wraps(f)`
        class if class.starts_with("decorator:") => super::decorator::finish(machine, it, args),
        class if class.starts_with("prefect") => prefect::call_object(machine, it, args),
        _ => Ok(machine.unknown(format!("the result of a {}", it.class))),
    }
}

/// What `object.name` gives.
pub(in crate::evaluate) fn attribute<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    name: &str,
) -> Eval<'a> {
    if &*it.class == "builtins.super" {
        return class::of_parent(machine, it, name);
    }
    if it.class.starts_with("prefect") {
        if let Some(found) = it.fields.borrow().get(name) {
            return Ok(found.clone());
        }
        return prefect::object_attribute(machine, it, name);
    }
    if name == "__class__" {
        return Ok(Value::Outside(Rc::clone(&it.class)));
    }
    if let Some(known) = value(machine, it, name) {
        return known;
    }
    if has_method(&it.class, name) {
        return Ok(native(&Value::Object(Rc::clone(it)), name));
    }
    if let Some(found) = it.fields.borrow().get(name) {
        return Ok(found.clone());
    }
    Ok(machine.unknown(format!("`{name}` of a {}", it.class)))
}

/// An attribute that is a value.
fn value<'a>(machine: &mut Machine<'a>, it: &Rc<Object<'a>>, name: &str) -> Option<Eval<'a>> {
    match &*it.class {
        "packaging.version.Version" => version::attribute(it, name).map(Ok),
        "uuid.UUID" => identifier::attribute(it, name).map(Ok),
        "re.Match" | "re.Pattern" => pattern_call::attribute(machine, it, name).map(Ok),
        "types.SimpleNamespace" | "argparse.Namespace" => namespace::attribute(machine, it, name),
        "hashlib.hash" if name == "name" => it.fields.borrow().get("kind").cloned().map(Ok),
        "functools.partial" => functional::attribute(it, name).map(Ok),
        class if class.starts_with("builtins.") => {
            let own = it.fields.borrow().get(name).cloned();
            own.or_else(|| exception::attribute(it, name)).map(Ok)
        }
        _ => None,
    }
}

/// The methods that objects of a class have.
fn has_method(class: &str, name: &str) -> bool {
    let names: &[&str] = match class {
        "io.TextIOWrapper" | "io.StringIO" | "io.BytesIO" => stream::METHODS,
        "hashlib.hash" => &["update", "hexdigest", "digest", "copy"],
        "string.Template" => &["substitute", "safe_substitute"],
        "re.Match" | "re.Pattern" => pattern_call::METHODS,
        "packaging.specifiers.SpecifierSet" => &["contains", "filter"],
        "contextlib.ExitStack" => context::METHODS,
        "argparse.ArgumentParser" | "argparse.SubParsers" => super::command_line::METHODS,
        "importlib.Loader" => &["exec_module", "load_module"],
        "concurrent.futures.Executor" => threads::OF_EXECUTORS,
        "concurrent.futures.Future" => threads::OF_FUTURES,
        "threading.Thread" => threads::OF_THREADS,
        "os.DirEntry" => &["is_dir", "is_file", "is_symlink"],
        "string.Formatter" => &["format", "parse", "vformat"],
        "typer.Typer" => super::applications::METHODS,
        "click.Group" => super::applications::OF_GROUPS,
        "click.Context" => super::commands::OF_CONTEXT,
        "urllib.parse.ParseResult" => &["geturl", "_asdict"],
        "configparser.ConfigParser" | "configparser.SectionProxy" => configuration::METHODS,
        "logging.Logger" => logging::METHODS,
        "json.JSONEncoder" => &["encode", "default"],
        "asyncio.Loop" => &["run_until_complete", "close", "create_task"],
        "functools.singledispatch" => &["register"],
        "builtins.slice" => &["indices"],
        _ if class.starts_with("builtins.") => &["with_traceback", "add_note"],
        _ => &[],
    };
    names.contains(&name)
}

/// What `object.name(…)` gives.
pub(in crate::evaluate) fn method<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    name: &str,
    args: Args<'a>,
) -> Eval<'a> {
    if it.class.starts_with("prefect") {
        return prefect::object_method(machine, it, name, args);
    }
    match &*it.class {
        "io.TextIOWrapper" | "io.StringIO" | "io.BytesIO" => {
            stream::method(machine, it, name, &args)
        }
        "hashlib.hash" => digest::method(machine, it, name, &args),
        "string.Template" => template::method(machine, it, name, &args),
        "re.Match" | "re.Pattern" => pattern_call::method(machine, it, name, &args),
        "packaging.specifiers.SpecifierSet" => specifier::method(machine, it, name, &args),
        "contextlib.ExitStack" => context::method(machine, it, name, &args),
        "argparse.ArgumentParser" | "argparse.SubParsers" => {
            super::command_line::method(machine, it, name, &args)
        }
        "importlib.Loader" => super::runtime::loaded(machine, it, name),
        "concurrent.futures.Executor" | "concurrent.futures.Future" | "threading.Thread" => {
            threads::method(machine, it, name, args)
        }
        "os.DirEntry" => super::folder::entry(machine, it, name),
        "string.Formatter" => template::formatted(machine, name, args),
        "click.Context" => super::commands::context(machine, it, name, args),
        "typer.Typer" | "click.Group" => super::applications::method(machine, it, name, &args),
        "logging.Logger" => Ok(logging::method(machine, it, name)),
        "asyncio.Loop" => Ok(args.positional.first().cloned().unwrap_or(Value::None)),
        "urllib.parse.ParseResult" => Ok(address::method(machine, it, name)),
        "configparser.ConfigParser" | "configparser.SectionProxy" => {
            configuration::method(machine, it, name, &args)
        }
        "json.JSONEncoder" => super::document::encode(machine, name, &args),
        "functools.singledispatch" => super::dispatch::register(machine, it, &args),
        _ if matches!(name, "with_traceback" | "add_note") => Ok(Value::Object(Rc::clone(it))),
        _ => Ok(machine.unknown(format!("the result of `{name}` of a {}", it.class))),
    }
}

/// What a loop over an object gives; `None` when it is not known.
pub(in crate::evaluate) fn items<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
) -> Result<Option<Vec<Value<'a>>>, Stop<'a>> {
    match &*it.class {
        "io.TextIOWrapper" | "io.StringIO" | "io.BytesIO" => stream::lines(machine, it),
        "configparser.ConfigParser" | "configparser.SectionProxy" => {
            let names = configuration::items(machine, it)?;
            crate::evaluate::items::of(machine, &names)
        }
        _ => Ok(None),
    }
}

/// What `object[key]` gives.
pub(in crate::evaluate) fn item_of<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    key: &Value<'a>,
) -> Eval<'a> {
    match &*it.class {
        "re.Match" => pattern_call::method(machine, it, "group", &Args::of(vec![key.clone()])),
        "configparser.ConfigParser" | "configparser.SectionProxy" => {
            configuration::item(machine, it, key)
        }
        _ => Ok(machine.unknown(format!("a part of a {}", it.class))),
    }
}

/// `object[key] = …`, `del object[key]`: something of it is not known any more.
pub(in crate::evaluate) fn change_item<'a>(machine: &Machine<'a>, it: &Object<'a>) {
    let unknown = machine.unknown(format!("a {} of which a part was changed", it.class));
    it.fields.borrow_mut().insert("*".into(), unknown);
}
