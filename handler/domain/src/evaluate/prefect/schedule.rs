//! Schedules of all spellings, in the vocabulary of `schedules` in a prefect.yaml.

use std::rc::Rc;

use serde_json::{Map, Value as Json, json};

use super::arguments::{Given, by_name};
use super::{class_name, plain};
use crate::diagnostic::rules;
use crate::evaluate::call::Args;
use crate::evaluate::items;
use crate::evaluate::machine::{Machine, Stop};
use crate::evaluate::moment::{Maker, Moment, Zone};
use crate::evaluate::value::Value;

type Made<'a> = Result<Option<Vec<Json>>, Stop<'a>>;

/// `RRuleSchedule.from_rrule(rule)`, `construct_schedule(cron=…)`: an object that is read like the others.
pub(super) fn made<'a>(machine: &mut Machine<'a>, mut args: Args<'a>) -> Value<'a> {
    if let Some(rule) = args.positional.first().cloned() {
        args.positional.clear();
        args.named.push(("rrule".into(), rule));
    }
    super::object(machine, "prefect.schedules.Schedule", "Schedule", args)
}

/// The schedules that a deployment's arguments ask for; `None` when they name none.
pub(super) fn of_deployment<'a>(machine: &mut Machine<'a>, given: &Given<'a>) -> Made<'a> {
    let is_given = |name: &str| given.get(name).filter(|it| !it.is_none());
    if let Some(all) = is_given("schedules") {
        return list(machine, all);
    }
    for name in ["interval", "cron", "rrule"] {
        if let Some(value) = is_given(name) {
            return timings(machine, name, value).map(Some);
        }
    }
    let first = given.get(super::deployment::SCHEDULE);
    let Some(schedule) = first.or_else(|| given.get("schedule")) else { return Ok(None) };
    if schedule.is_none() {
        return Ok(Some(Vec::new()));
    }
    let mut out: Vec<Json> = one(machine, schedule)?.into_iter().collect();
    // of `Deployment` it is the schedule's, of the others the deployment's
    let legacy = given
        .get(super::deployment::VIA)
        .and_then(Value::as_text)
        .is_some_and(|it| it.starts_with("Deployment"));
    if let (true, Some(Value::Bool(active))) = (legacy, given.get("is_schedule_active")) {
        out.iter_mut()
            .filter_map(Json::as_object_mut)
            .for_each(|it| drop(it.insert("active".into(), (*active).into())));
    }
    Ok(Some(out))
}

/// `interval=`, `cron=` and `rrule=` take one or several.
fn timings<'a>(
    machine: &mut Machine<'a>,
    kind: &str,
    value: &Value<'a>,
) -> Result<Vec<Json>, Stop<'a>> {
    let all = match value {
        Value::List(_) | Value::Tuple(_) | Value::Set(_) => {
            items::of(machine, value)?.unwrap_or_default()
        }
        other => vec![other.clone()],
    };
    let mut out = Vec::new();
    for it in all {
        if let Some(timing) = timing(machine, kind, &it)? {
            out.push(json!({kind: timing}));
        }
    }
    Ok(out)
}

fn list<'a>(machine: &mut Machine<'a>, all: &Value<'a>) -> Made<'a> {
    let Some(all) = items::of(machine, all)? else {
        if let Some(it) = all.as_unknown() {
            plain::not_known(machine, "schedules", it);
        }
        return Ok(None);
    };
    let mut out = Vec::new();
    for it in &all {
        out.extend(one(machine, it)?);
    }
    Ok(Some(out))
}

/// What surrounds a timing.
const AROUND: [&str; 6] =
    ["active", "parameters", "slug", "max_scheduled_runs", "max_active_runs", "catchup"];

/// One schedule: an object of any of its classes, or a mapping.
fn one<'a>(machine: &mut Machine<'a>, it: &Value<'a>) -> Result<Option<Json>, Stop<'a>> {
    let Some(fields) = fields_of(it) else {
        no_schedule(machine, it);
        return Ok(None);
    };
    let mut out = Map::new();
    if let Some(inner) = fields.get("schedule") {
        let Some(Json::Object(inner)) = machine.nested(|machine| one(machine, inner))? else {
            return Ok(None);
        };
        out.extend(inner);
    }
    for (name, value) in &fields {
        let json = match &**name {
            "schedule" | "*" => continue,
            "interval" | "cron" | "rrule" => timing(machine, name, value)?,
            "anchor_date" => {
                if let (Some(zone), false) =
                    (region(machine, value), fields.contains_key("timezone"))
                {
                    out.insert("timezone".into(), zone.into());
                }
                plain::of(machine, name, value)?
            }
            "timezone" | "day_or" => plain::of(machine, name, value)?,
            name if AROUND.contains(&name) => plain::of(machine, name, value)?,
            name => {
                let message = format!("a schedule has no `{name}`");
                machine.error(rules::UNKNOWN_SCHEDULE_KEY, machine.at, message, "remove it");
                None
            }
        };
        out.extend(json.filter(|it| !it.is_null()).map(|it| (name.to_string(), it)));
    }
    Ok(Some(out.into()))
}

/// What a schedule says, by name; `None` for what is none.
fn fields_of<'a>(it: &Value<'a>) -> Option<Given<'a>> {
    match it {
        Value::Object(it) => {
            let fields = it.fields.borrow().clone();
            Some(if fields.is_empty() {
                by_name(class_name(it), Args::of(it.positional.clone()))
            } else {
                fields
            })
        }
        Value::Dict(it) => {
            let it = it.borrow();
            let named = it.iter().map(|(key, it)| Some((Rc::clone(key.as_text()?), it.clone())));
            Some(named.flatten().collect())
        }
        _ => None,
    }
}

fn no_schedule<'a>(machine: &mut Machine<'a>, it: &Value<'a>) {
    if let Some(it) = it.as_unknown() {
        return plain::not_known(machine, "schedule", it);
    }
    let message = format!("this is no schedule, it is of the type {}", it.type_name());
    let hint = "use `Cron(…)`, `Interval(…)` or `RRule(…)`";
    machine.error(rules::FIELD_TYPE, machine.at, message, hint);
}

/// Seconds of an interval, the text of a rule.
fn timing<'a>(
    machine: &mut Machine<'a>,
    kind: &str,
    value: &Value<'a>,
) -> Result<Option<Json>, Stop<'a>> {
    if let (Value::Text(rule), "rrule", true) = (value, kind, machine.settings.dialect.is_three()) {
        return Ok(Some(anchored(rule).into()));
    }
    if let (Value::Object(it), "rrule") = (value, kind) {
        let text = crate::evaluate::installed::text(it);
        return Ok(match text {
            Some(text) => Some(text.into()),
            None => plain::of(machine, kind, value)?,
        });
    }
    plain::of(machine, kind, value)
}

/// The zone of an anchor, which is that of the schedule when it states none; UTC where its name is lost on the way.
fn region(machine: &Machine<'_>, anchor: &Value<'_>) -> Option<String> {
    let Value::Moment(it) = anchor else { return None };
    let Moment::DateTime(_, Some(Zone::Region(name, maker))) = &**it else { return None };
    let tells = match maker {
        Maker::Pendulum => true,
        Maker::ZoneInfo => machine.settings.dialect.is_three(),
        Maker::Dateutil => false,
    };
    Some(if tells { name.clone() } else { "UTC".to_owned() })
}

/// A rule with the start that Prefect's client gives one without. Source: `normalize_rrule_string` of 3.9; what is finer than
/// hourly starts near now there, which the server sees to.
fn anchored(rule: &str) -> String {
    let upper = rule.to_uppercase();
    let fine = ["FREQ=MINUTELY", "FREQ=SECONDLY"].iter().any(|it| upper.contains(it));
    if upper.contains("DTSTART") || (fine && !upper.contains("COUNT")) || !upper.contains("FREQ=") {
        return rule.to_owned();
    }
    format!("DTSTART:20200101T000000\n{rule}")
}
