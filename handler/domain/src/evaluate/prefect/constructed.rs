//! What the constructors of schedules and of storages refuse, as Python does.
//!
//! Source: the signatures of Prefect 2.20.27 and 3.9.1, of both, since files of one register on servers of the other, and what
//! these versions raise.

use super::arguments::{Given, by_name, places};
use crate::diagnostic::did_you_mean;
use crate::evaluate::call::Args;
use crate::evaluate::machine::{Machine, Stop};
use crate::evaluate::value::Value;
use crate::recurrence::{cron, is_zone, rrule};

/// How one is made.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// By a class of Python.
    Class,
    /// By a function whose first argument has no name.
    Function,
    /// By a class of pydantic, which takes names only.
    Model,
}

/// How `name` is made, and what it takes; `None` when that is not checked.
fn made(dotted: &str, name: &str) -> Option<(Kind, &'static [&'static str])> {
    // that of Prefect 1, which is told as such
    if dotted.strip_suffix("Schedule").is_some_and(|it| it.starts_with("prefect.schedules.")) {
        return None;
    }
    Some(match name {
        "GitRepository" => (
            Kind::Class,
            &[
                "url",
                "credentials",
                "name",
                "branch",
                "commit_sha",
                "include_submodules",
                "pull_interval",
                "directories",
            ],
        ),
        "LocalStorage" => (Kind::Class, &["path", "pull_interval"]),
        "BlockStorageAdapter" => (Kind::Class, &["block", "pull_interval"]),
        "Cron" => (Kind::Function, &["cron", "timezone", "day_or", "active", "parameters", "slug"]),
        "Interval" => (
            Kind::Function,
            &["interval", "anchor_date", "timezone", "active", "parameters", "slug"],
        ),
        "RRule" => (Kind::Function, &["rrule", "timezone", "active", "parameters", "slug"]),
        "CronSchedule" => (Kind::Model, &["cron", "timezone", "day_or"]),
        "IntervalSchedule" => (Kind::Model, &["interval", "anchor_date", "timezone"]),
        "RRuleSchedule" => (Kind::Model, &["rrule", "timezone"]),
        _ => return None,
    })
}

/// The error of `name(…)` where it has not all of these parameters, lacks the first one, or, where an `except` may go on without
/// it, does not take a value. Outside of `try`, what is wrong with a value is told with all else that is.
pub(super) fn check<'a>(
    machine: &Machine<'a>,
    dotted: &str,
    name: &str,
    args: &Args<'a>,
) -> Result<(), Stop<'a>> {
    let Some((kind, known)) = made(dotted, name) else { return Ok(()) };
    counted(machine, name, kind, args)?;
    let mut named = args.named.iter().map(|(name, _)| &**name);
    let unknown = named.find(|it| !known.contains(it));
    if let Some(other) = unknown {
        let hint = did_you_mean(other, known.iter().copied()).trim_start_matches("; ").to_owned();
        let (class, message) = if kind == Kind::Model {
            let why = "Extra inputs are not permitted";
            ("ValidationError", format!("1 validation error for {name}: `{other}`: {why}"))
        } else {
            let shown = shown(name, kind);
            ("TypeError", format!("{shown} got an unexpected keyword argument '{other}'"))
        };
        return machine.raise_with(class, message, hint);
    }
    let given = by_name(name, args.clone());
    if machine.attempts > 0 { valued(machine, name, kind, &given) } else { Ok(()) }
}

fn shown(name: &str, kind: Kind) -> String {
    if kind == Kind::Class { format!("{name}.__init__()") } else { format!("{name}()") }
}

/// The arguments without a name are neither too few nor too many.
fn counted<'a>(
    machine: &Machine<'a>,
    name: &str,
    kind: Kind,
    args: &Args<'a>,
) -> Result<(), Stop<'a>> {
    let count = args.positional.len();
    let first = places(name).first().copied().unwrap_or_default();
    let is_named = args.named.iter().any(|(it, _)| &**it == first);
    let message = match kind {
        Kind::Model if count > 0 => {
            format!("BaseModel.__init__() takes 1 positional argument but {} were given", count + 1)
        }
        Kind::Function if is_named => format!(
            "{name}() got some positional-only arguments passed as keyword arguments: '{first}'"
        ),
        Kind::Function | Kind::Class if count == 0 && !is_named && args.open.is_none() => {
            format!("{} missing 1 required positional argument: '{first}'", shown(name, kind))
        }
        _ => return Ok(()),
    };
    let hint = match kind {
        Kind::Model => format!("{name}({first}=…)"),
        Kind::Function if is_named => format!("{name}(…), without `{first}=`"),
        _ => String::new(),
    };
    machine.raise_with("TypeError", message, hint)
}

/// The values are those of a schedule, as far as they are known.
fn valued<'a>(
    machine: &Machine<'a>,
    name: &str,
    kind: Kind,
    given: &Given<'a>,
) -> Result<(), Stop<'a>> {
    let is_open = given.contains_key("*");
    for (field, value) in given {
        let Some(fault) = fault(field, value, kind) else { continue };
        let message = match kind {
            Kind::Model => format!("1 validation error for {name}: `{field}`: {fault}"),
            _ => fault,
        };
        let class = if kind == Kind::Model { "ValidationError" } else { "ValueError" };
        return machine.raise(class, message);
    }
    let first = places(name).first().copied().unwrap_or_default();
    if kind == Kind::Model && !given.contains_key(first) && !is_open {
        let message = format!("1 validation error for {name}: `{first}`: Field required");
        return machine.raise("ValidationError", message);
    }
    Ok(())
}

/// `construct_schedule(…)`, and what `deploy(…)` makes of its arguments, likewise.
pub(super) fn timed<'a>(machine: &Machine<'a>, given: &Given<'a>) -> Result<(), Stop<'a>> {
    let classes =
        [("cron", "CronSchedule"), ("rrule", "RRuleSchedule"), ("interval", "IntervalSchedule")];
    for (field, class) in classes {
        let value = given.get(field).filter(|it| !it.is_none() && machine.attempts > 0);
        if let Some(fault) = value.and_then(|it| fault(field, it, Kind::Model)) {
            let message = format!("1 validation error for {class}: `{field}`: {fault}");
            return machine.raise("ValidationError", message);
        }
    }
    Ok(())
}

/// What is wrong with the value of a schedule's `field`.
fn fault(field: &str, value: &Value<'_>, kind: Kind) -> Option<String> {
    let text = value.as_text().map(|it| &**it);
    match (field, text) {
        ("cron", Some(text)) => {
            cron::fault(text).map(|_| format!("Invalid cron string: \"{text}\""))
        }
        ("rrule", Some(text)) => {
            let fault = rrule::read(text).err()?;
            Some(format!("Invalid RRule string \"{text}\": {fault}"))
        }
        ("timezone", Some(text)) if kind == Kind::Model => {
            (!is_zone(text)).then(|| format!("Invalid timezone: \"{text}\""))
        }
        ("interval", None) => {
            let seconds = match value {
                Value::Moment(it) => it.seconds(),
                other => other.as_float(),
            };
            let is_positive = seconds.is_none_or(|it| it > 0.0);
            (!is_positive).then(|| "Input should be greater than 0 seconds".to_owned())
        }
        ("cron" | "rrule", None) if value.is_none() => {
            Some("Input should be a valid string".to_owned())
        }
        _ => None,
    }
}
