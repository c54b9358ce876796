//! The flow of a deployment, and its entrypoint.

use std::rc::Rc;

use super::arguments::Given;
use super::captured::CapturedFlow;
use super::deployment::FLOW;
use super::flow::Flow;
use super::plain;
use super::register::CWD;
use crate::diagnostic::rules;
use crate::evaluate::flows;
use crate::evaluate::function::Function;
use crate::evaluate::machine::{Machine, Stop};
use crate::evaluate::path;
use crate::evaluate::value::Value;

/// The flow of a deployment; `None` with an error when it is not known.
#[expect(clippy::too_many_lines, reason = "a table: one arm for each name")]
pub(super) fn flow<'a>(
    machine: &mut Machine<'a>,
    given: &Given<'a>,
    _legacy: bool,
) -> Result<Option<CapturedFlow>, Stop<'a>> {
    let stated = |name: &str| given.get(name).filter(|it| !it.is_none()).cloned();
    let found = match given.get(FLOW) {
        Some(Value::Flow(it)) => Some(Rc::clone(it)),
        Some(other) => {
            if let Some(it) = other.as_unknown() {
                plain::not_known(machine, "flow", it);
            } else {
                let message =
                    format!("`flow` must be a flow, this is of the type {}", other.type_name());
                machine.error(
                    rules::NOT_A_FLOW,
                    machine.at,
                    message,
                    "put `@flow` above the function",
                );
            }
            return Ok(None);
        }
        None => match stated("entrypoint").as_ref().and_then(Value::as_text) {
            Some(text) => match super::flow::find(machine, text, None)? {
                Some(Value::Flow(it)) => Some(it),
                _ => None,
            },
            None => None,
        },
    };
    let mut out = CapturedFlow::default();
    let cwd = given
        .get(CWD)
        .and_then(Value::as_text)
        .map_or_else(|| machine.cwd.clone(), ToString::to_string);
    if let Some(flow) = &found {
        let function = flow.function.as_ref().map(Function::innermost);
        out.file = function.as_ref().map(|it| machine.sources.path(it.file).to_owned());
        out.function = function.map(|it| it.qualified.to_string()).unwrap_or_default();
        out.known = flows::known(machine, flow);
        let module = given.get("entrypoint_type").is_some_and(is_module_path);
        out.entrypoint = match &flow.source {
            Some((_, entrypoint)) => entrypoint.to_string(),
            None => entrypoint(machine, flow, &cwd, module),
        };
        for (name, field) in [
            ("name", &mut out.name),
            ("version", &mut out.version),
            ("description", &mut out.description),
        ] {
            if let Some(value) = flow.setting(name) {
                *field = plain::text(machine, &format!("{name} of the flow"), &value)?;
            }
        }
    }
    if let Some(value) = stated("flow_name") {
        out.name = plain::text(machine, "flow_name", &value)?;
    }
    if let Some(value) = stated("entrypoint") {
        out.entrypoint = plain::text(machine, "entrypoint", &value)?.unwrap_or_default();
    }
    if out.name.is_none() && out.file.is_none() {
        let message =
            "the flow of this deployment is not in the bundle, so that its name is not known";
        machine.error(
            rules::FLOW_NOT_FOUND,
            machine.at,
            message.to_owned(),
            "put its file into the bundle, or state `flow_name`",
        );
        return Ok(None);
    }
    Ok(Some(out))
}

pub(super) fn is_module_path(it: &Value<'_>) -> bool {
    match it {
        Value::Outside(name) => name.ends_with("MODULE_PATH"),
        other => other.as_text().is_some_and(|it| &**it == "module_path"),
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
    let file = machine.sources.path(function.file);
    if module && function.file == machine.main {
        return format!("__main__.{}", function.name);
    }
    if module {
        let name = file.strip_suffix(".py").unwrap_or(file);
        let roots = machine.import_roots();
        let near =
            roots.iter().filter_map(|it| name.strip_prefix(it.as_str())).min_by_key(|it| it.len());
        return format!("{}.{}", near.unwrap_or(name).replace('/', "."), function.name);
    }
    let relative = path::relative(&machine.absolute(file), cwd);
    let name =
        if machine.settings.dialect.is_three() { &function.qualified } else { &function.name };
    format!("{relative}:{name}")
}
