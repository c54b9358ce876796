//! The parameters of a deployment and of its schedules against the schema of the flow.
//!
//! Source: a server that enforces the schema refuses a deployment whose parameters do not fit (422, measured on 3.9.1 and
//! 2.20.27). It looks neither at those of a schedule nor for missing ones, but then no run of them can start.

use serde_json::Value;

use super::Context;
use super::fields::Fields;
use super::schema::{self, Fault, Kind, Step};
use crate::desired::{Field, Schedule};
use crate::diagnostic::{Diagnostic, Severity, near_miss, rules};
use crate::python::FlowFacts;
use crate::yaml::{Kind as NodeKind, Mark, Node};

/// So many faults of one `parameters` are told: a long list of a wrong kind is one mistake.
const MOST: usize = 50;

/// What the parameters of one deployment are checked against.
pub(super) struct Case<'a> {
    /// The flow that gets them.
    pub(super) flow: &'a FlowFacts,
    /// Whether the server will refuse what does not fit.
    pub(super) enforced: bool,
    /// The schedules that will run: none when the deployment is paused.
    pub(super) schedules: &'a [Schedule],
}

impl<'a> Case<'a> {
    fn names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let map = self.flow.parameter_openapi_schema.get("properties").and_then(Value::as_object);
        map.into_iter().flatten().map(|(key, _)| key.as_str())
    }

    fn required(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let list = self.flow.parameter_openapi_schema.get("required").and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str)
    }

    fn hint(&self) -> String {
        format!("the flow is at {}:{}", self.flow.at.file, self.flow.at.line)
    }
}

/// Whether the server refuses parameters that do not fit: the one of Prefect 3 does where nothing is said.
pub(super) fn is_enforced(context: &Context<'_>, fields: &Fields) -> bool {
    let stated = fields.values.get(&Field::EnforceParameterSchema).and_then(Value::as_bool);
    stated.unwrap_or(context.settings.dialect.is_three())
}

/// All that is wrong with the parameters that `entry` and its schedules give, and with those that they do not.
pub(super) fn check(
    context: &Context<'_>,
    entry: &Node,
    case: &Case<'_>,
    found: &mut Vec<Diagnostic>,
) {
    enforceable(context, entry, case, found);
    given(context, entry, case, found);
    missing(&entry.get("parameters").map(Node::to_json).unwrap_or_default(), case, found);
}

/// What is wrong with the parameters that `entry` and its schedules give.
pub(super) fn given(
    context: &Context<'_>,
    entry: &Node,
    case: &Case<'_>,
    found: &mut Vec<Diagnostic>,
) {
    if let Some(given) = entry.get("parameters") {
        let severity = |_: &Value, fault: &Fault| match fault.kind {
            Kind::Missing => Severity::Warning,
            _ if case.enforced => Severity::Error,
            _ => Severity::Warning,
        };
        given_ones(context, given, case, &severity, found);
    }
    if context.settings.dialect.slugs() {
        let schedules = entry.get("schedules").into_iter().flat_map(Node::items);
        for it in entry.get("schedule").into_iter().chain(schedules) {
            of_schedule(context, it, case, found);
        }
    }
}

/// The server takes any, so only what no run can start with is an error.
fn of_schedule(
    context: &Context<'_>,
    schedule: &Node,
    case: &Case<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let severity = |value: &Value, fault: &Fault| match fault.kind {
        Kind::Value | Kind::Member if case.enforced => Severity::Error,
        Kind::Type if case.enforced && !may_be_converted(value) => Severity::Error,
        _ => Severity::Warning,
    };
    if let Some(given) = schedule.get("parameters") {
        given_ones(context, given, case, &severity, found);
    }
}

/// Prefect 2 enforces no schema with these bounds: it reads the schema by Draft 4, where they are flags (measured on 2.20.27).
fn enforceable(context: &Context<'_>, entry: &Node, case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let two = !context.settings.dialect.is_three();
    if two && case.enforced && is_exclusive(&case.flow.parameter_openapi_schema) {
        let at = entry.get("enforce_parameter_schema").map_or(entry.at, |it| it.at);
        let message = format!(
            "Prefect 2 cannot enforce the schema of flow `{}`: it has a bound `gt` or `lt`",
            case.flow.name
        );
        let hint = "use `ge` and `le`, or `enforce_parameter_schema: false`";
        found.push(context.error(rules::ENFORCED_SCHEMA, at, message).hint(hint));
    }
}

fn is_exclusive(schema: &Value) -> bool {
    match schema {
        Value::Object(map) => map.iter().any(|(key, it)| match key.as_str() {
            "exclusiveMinimum" | "exclusiveMaximum" => it.is_number(),
            "default" | "examples" | "enum" | "const" => false,
            _ => is_exclusive(it),
        }),
        Value::Array(items) => items.iter().any(is_exclusive),
        _ => false,
    }
}

/// Whether the flow, which is more lenient than the schema, may make the wanted type of `value` when a run starts.
fn may_be_converted(value: &Value) -> bool {
    match value {
        Value::String(text) => reads_as_other(text),
        Value::Number(_) | Value::Bool(_) => true,
        _ => false,
    }
}

/// A text that is a number, a flag or a moment to pydantic.
fn reads_as_other(text: &str) -> bool {
    let word = text.trim().to_lowercase();
    let flags = ["true", "t", "yes", "y", "on", "false", "f", "no", "n", "off"];
    flags.contains(&word.as_str())
        || word.starts_with(|it: char| it.is_ascii_digit() || "+-.".contains(it))
}

/// How bad a fault of a value is.
type Judge<'a> = &'a dyn Fn(&Value, &Fault) -> Severity;

fn given_ones(
    context: &Context<'_>,
    given: &Node,
    case: &Case<'_>,
    judge: Judge<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let others = given.entries().iter().filter(|it| case.names().all(|name| name != it.key));
    found.extend(others.take(MOST).map(|it| unknown(context, &it.key, it.at, case)));
    let values = given.to_json();
    // what is missing in the whole is no fault: another source may give it
    let faults = schema::faults(&values, &case.flow.parameter_openapi_schema).into_iter();
    let faults = faults.filter(|it| !it.path.is_empty()).take(MOST);
    found.extend(faults.map(|it| Diagnostic {
        severity: judge(at_path(&values, &it.path), &it),
        ..wrong(context, given, &it, case)
    }));
}

fn unknown(context: &Context<'_>, name: &str, at: Mark, case: &Case<'_>) -> Diagnostic {
    let known: Vec<&str> = case.names().collect();
    let message =
        format!("flow `{}` has no parameter `{name}`, its runs will fail", case.flow.name);
    let near = near_miss(name, known.iter().copied());
    let hint = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "it has none".to_owned(),
        None => format!("it has: {}", known.join(", ")),
    };
    context.warning(rules::UNKNOWN_PARAMETER, at, message).hint(hint)
}

fn wrong(context: &Context<'_>, given: &Node, fault: &Fault, case: &Case<'_>) -> Diagnostic {
    let place: String = fault.path.iter().map(written).collect();
    let place = place.trim_start_matches('.');
    let (at, node) = locate(given, fault);
    let message = format!("parameter `{place}` {}", fault.text);
    context.error(rules::PARAMETER, at, message).hint(hint(node, fault, case))
}

fn written(step: &Step) -> String {
    match step {
        Step::Key(key) => format!(".{key}"),
        Step::Index(at) => format!("[{at}]"),
    }
}

/// Where the fault stands, and what stands there; a value that came from a variable has one place for all of it.
fn locate<'a>(node: &'a Node, fault: &Fault) -> (Mark, &'a Node) {
    let mut node = node;
    let mut at = node.at;
    for step in &fault.path {
        let next = match step {
            Step::Key(key) => node.entry(key).map(|it| (it.at, &it.value)),
            Step::Index(index) => node.items().get(*index).map(|it| (it.at, it)),
        };
        let Some((key, value)) = next else { break };
        at = if fault.kind == Kind::Member { key } else { value.at };
        node = value;
    }
    (at, node)
}

fn at_path<'a>(value: &'a Value, path: &[Step]) -> &'a Value {
    path.iter().fold(value, |value, step| {
        match step {
            Step::Key(key) => value.get(key),
            Step::Index(at) => value.get(at),
        }
        .unwrap_or(&Value::Null)
    })
}

fn hint(node: &Node, fault: &Fault, case: &Case<'_>) -> String {
    let NodeKind::Scalar { value: Value::String(value), text, quoted, .. } = &node.kind else {
        return case.hint();
    };
    let is_type = fault.kind == Kind::Type && reads_as_other(value);
    if is_type && text.contains("{{") {
        "an environment variable is a text; a variable of the server keeps its type".to_owned()
    } else if is_type && *quoted {
        "write it without quotes".to_owned()
    } else {
        case.hint()
    }
}

/// Schedules that run and whose runs cannot start, since nothing gives a parameter without default.
pub(super) fn missing(given: &Value, case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for it in case.schedules.iter().filter(|it| it.active != Some(false)) {
        let is_given = |name: &str| given.get(name).is_some() || it.parameters.contains_key(name);
        let names = case.required().filter(|name| !is_given(name));
        let names: Vec<String> = names.map(|it| format!("`{it}`")).collect();
        if !names.is_empty() {
            let message = format!(
                "flow `{}` cannot start on this schedule: nothing gives its parameter {}",
                case.flow.name,
                names.join(", ")
            );
            let hint =
                "add it to `parameters` of the deployment or of the schedule, or give it a default";
            found.push(
                Diagnostic::warning(rules::MISSING_PARAMETER, it.at.clone(), message).hint(hint),
            );
        }
    }
}
