//! The flow of a deployment, and its entrypoint.

use std::rc::Rc;

use super::arguments::Given;
use super::captured::CapturedFlow;
use super::deployment::{FLOW, VIA};
use super::flow::Flow;
use super::plain;
use super::register::CWD;
use crate::diagnostic::rules;
use crate::evaluate::flows;
use crate::evaluate::function::Function;
use crate::evaluate::machine::{Machine, Stop};
use crate::evaluate::value::Value;
use crate::evaluate::{path, search};

/// The flow of a deployment; `None` with an error when it is not known.
pub(super) fn flow<'a>(
    machine: &mut Machine<'a>,
    given: &Given<'a>,
) -> Result<Option<CapturedFlow>, Stop<'a>> {
    let stated = |name: &str| given.get(name).filter(|it| !it.is_none()).cloned();
    let found = match given.get(FLOW) {
        Some(Value::Flow(it)) => Some(Rc::clone(it)),
        Some(other) => {
            no_flow(machine, other);
            return Ok(None);
        }
        None => named(machine, stated("entrypoint").as_ref())?,
    };
    let mut out = match &found {
        Some(flow) => captured(machine, flow, given)?,
        None => CapturedFlow::default(),
    };
    if let Some(value) = stated("flow_name") {
        out.name = plain::text(machine, "flow_name", &value)?;
    }
    if let Some(value) = stated("entrypoint") {
        out.entrypoint = plain::text(machine, "entrypoint", &value)?.unwrap_or_default();
    }
    if out.name.is_none() && out.file.is_none() {
        let message =
            "the flow of this deployment is not in the bundle, so that its name is not known";
        // a method of a flow takes no name for it
        let via = given.get(VIA).and_then(Value::as_text).map_or("", |it| it);
        let hint = if via.starts_with("flow.") || via.starts_with("runner.") {
            "put its file into the bundle, at the place that the entrypoint names"
        } else {
            "put its file into the bundle, or state `flow_name`"
        };
        machine.error(rules::FLOW_NOT_FOUND, machine.at, message.to_owned(), hint);
        return Ok(None);
    }
    Ok(Some(out))
}

/// What stands for the flow is none.
fn no_flow<'a>(machine: &mut Machine<'a>, other: &Value<'a>) {
    if let Some(it) = other.as_unknown() {
        return plain::not_known(machine, "flow", it);
    }
    let message = format!("`flow` must be a flow, this is of the type {}", other.type_name());
    machine.error(rules::NOT_A_FLOW, machine.at, message, "put `@flow` above the function");
}

/// The flow that an entrypoint names, when it is in the bundle.
fn named<'a>(
    machine: &mut Machine<'a>,
    entrypoint: Option<&Value<'a>>,
) -> Result<Option<Rc<Flow<'a>>>, Stop<'a>> {
    let Some(text) = entrypoint.and_then(Value::as_text) else { return Ok(None) };
    Ok(match super::flow::find(machine, text, None)? {
        Some(Value::Flow(it)) => Some(it),
        _ => None,
    })
}

/// What the flow itself says: its place, its name, version and description.
fn captured<'a>(
    machine: &mut Machine<'a>,
    flow: &Rc<Flow<'a>>,
    given: &Given<'a>,
) -> Result<CapturedFlow, Stop<'a>> {
    let mut out = CapturedFlow::default();
    let function = flow.function.as_ref().map(Function::innermost);
    out.file = function.as_ref().map(|it| machine.sources.path(it.file).to_owned());
    out.function = function.map(|it| it.qualified.to_string()).unwrap_or_default();
    out.known = flows::known(machine, flow);
    let own = || {
        let cwd = given.get(CWD).and_then(Value::as_text).map(ToString::to_string);
        let cwd = cwd.unwrap_or_else(|| machine.cwd.clone());
        let module = given.get("entrypoint_type").is_some_and(is_module_path);
        entrypoint(machine, flow, &cwd, module)
    };
    let source = flow.source.as_ref();
    out.entrypoint = source.map_or_else(own, |(_, entrypoint)| entrypoint.to_string());
    for (name, field) in [
        ("name", &mut out.name),
        ("version", &mut out.version),
        ("description", &mut out.description),
    ] {
        if let Some(value) = flow.setting(name) {
            *field = plain::text(machine, &format!("{name} of the flow"), &value)?;
        }
    }
    Ok(out)
}

pub(super) fn is_module_path(it: &Value<'_>) -> bool {
    is_kind(it, "MODULE_PATH")
}

pub(super) fn is_file_path(it: &Value<'_>) -> bool {
    is_kind(it, "FILE_PATH")
}

/// `EntrypointType.MODULE_PATH` or `EntrypointType("module_path")`; to Prefect a text is neither.
fn is_kind(it: &Value<'_>, member: &str) -> bool {
    match it {
        Value::Outside(name) => name.rsplit('.').next() == Some(member),
        Value::Object(it) if it.class.ends_with("EntrypointType") => {
            let value = it.positional.first().and_then(Value::as_text);
            value.is_some_and(|it| it.eq_ignore_ascii_case(member))
        }
        _ => false,
    }
}

/// `path/from/the/working/directory.py:function`, or `module.function`.
pub(super) fn entrypoint(
    machine: &Machine<'_>,
    flow: &Flow<'_>,
    cwd: &str,
    module: bool,
) -> String {
    let Some(function) = flow.function.as_ref().map(Function::innermost) else {
        return String::new();
    };
    if module && function.file == machine.main {
        return format!("__main__.{}", function.name);
    }
    if module {
        return format!("{}.{}", search::name_of(machine, function.file), function.name);
    }
    // as it is below the working directory, though `..` may lead out of it
    let file = search::file_of(machine, function.file);
    let below = file.strip_prefix(cwd).and_then(|it| it.strip_prefix('/')).map(str::to_owned);
    let relative = below.unwrap_or_else(|| path::relative(&path::normal(&file), cwd));
    let name =
        if machine.settings.dialect.is_three() { &function.qualified } else { &function.name };
    format!("{relative}:{name}")
}
