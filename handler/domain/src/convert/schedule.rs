//! `CronSchedule("0 6 * * *")`, `Schedule(clocks=[…])` -> `schedules` of a deployment.

use ruff_python_ast::{Expr, ExprCall};
use serde_json::{Map, Value};

use super::pass::{Pass, argument};
use crate::diagnostic::rules;

/// The schedules that `expr` makes.
pub(super) fn schedules(pass: &mut Pass<'_>, expr: &Expr) -> Vec<Value> {
    let facts = pass.facts;
    let Expr::Call(call) = facts.constants.resolve(expr) else {
        if !expr.is_none_literal_expr() {
            unknown(pass, expr);
        }
        return Vec::new();
    };
    let origin = pass.origin(&call.func);
    match origin.rsplit('.').next().unwrap_or_default() {
        "CronSchedule" | "CronClock" => cron(pass, call),
        "IntervalSchedule" | "IntervalClock" => interval(pass, call),
        "Schedule" => clocks(pass, call),
        _ => {
            unknown(pass, expr);
            Vec::new()
        }
    }
}

fn unknown(pass: &mut Pass<'_>, expr: &Expr) {
    let hint = "write it as `cron`, `interval` or `rrule` of `schedules` in prefect.yaml";
    pass.left(rules::PREFECT_1_SCHEDULE, expr, "this schedule is not converted", hint);
}

fn clocks(pass: &mut Pass<'_>, call: &ExprCall) -> Vec<Value> {
    let facts = pass.facts;
    for name in ["filters", "or_filters", "not_filters", "adjustments"] {
        if let Some(it) = call.arguments.find_keyword(name) {
            let hint = "say it in the cron expression, or end the run early in the flow";
            pass.look(
                rules::PREFECT_1_SCHEDULE_FILTER,
                it,
                format!("`{name}` of a schedule is left out"),
                hint,
            );
        }
    }
    let Some(list) = argument(call, "clocks", 0) else { return Vec::new() };
    let items = match facts.constants.resolve(list) {
        Expr::List(it) => &it.elts,
        Expr::Tuple(it) => &it.elts,
        _ => {
            unknown(pass, list);
            return Vec::new();
        }
    };
    items.iter().flat_map(|it| schedules(pass, it)).collect()
}

fn cron(pass: &mut Pass<'_>, call: &ExprCall) -> Vec<Value> {
    let cron = argument(call, "cron", 0).and_then(|it| pass.facts.constants.text(it));
    let Some(cron) = cron else {
        unknown_call(pass, call);
        return Vec::new();
    };
    let mut out = Map::from_iter([("cron".to_owned(), Value::from(cron))]);
    if let Some(it) = argument(call, "start_date", 1)
        && let Some((_, Some(zone))) = pass.facts.constants.moment(it)
    {
        out.insert("timezone".into(), zone.into());
    }
    let day_or =
        call.arguments.find_keyword("day_or").and_then(|it| pass.facts.constants.value(&it.value));
    if let Some(it @ Value::Bool(_)) = day_or {
        out.insert("day_or".into(), it);
    }
    common(pass, call, &mut out);
    vec![out.into()]
}

fn interval(pass: &mut Pass<'_>, call: &ExprCall) -> Vec<Value> {
    let constants = &pass.facts.constants;
    let seconds =
        argument(call, "interval", 0).and_then(|it| constants.seconds(it)).filter(|it| *it > 0.0);
    let Some(seconds) = seconds else {
        unknown_call(pass, call);
        return Vec::new();
    };
    let whole = format!("{seconds:.0}").parse::<i64>().ok().filter(|_| seconds.fract() == 0.0);
    let seconds = whole.map_or_else(|| Value::from(seconds), Value::from);
    let mut out = Map::from_iter([("interval".to_owned(), seconds)]);
    if let Some(it) = argument(call, "start_date", 1) {
        if let Some((at, zone)) = constants.moment(it) {
            out.insert("anchor_date".into(), at.into());
            out.insert("timezone".into(), zone.unwrap_or_else(|| "UTC".to_owned()).into());
        } else {
            let hint = "give an `anchor_date`, or the runs count from when the schedule is made";
            pass.look(rules::PREFECT_1_SCHEDULE, it, "this start is not told by the text", hint);
        }
    }
    common(pass, call, &mut out);
    vec![out.into()]
}

fn unknown_call(pass: &mut Pass<'_>, call: &ExprCall) {
    let hint = "write it as `cron`, `interval` or `rrule` of `schedules` in prefect.yaml";
    pass.left(rules::PREFECT_1_SCHEDULE, call, "this schedule is not converted", hint);
}

/// What every clock takes.
fn common(pass: &mut Pass<'_>, call: &ExprCall, out: &mut Map<String, Value>) {
    if let Some(it) = call.arguments.find_keyword("parameter_defaults") {
        match pass.facts.constants.value(&it.value) {
            Some(value @ Value::Object(_)) => {
                out.insert("parameters".into(), value);
            }
            Some(Value::Null) => {}
            _ => {
                let hint = "write them as `parameters` of the schedule in prefect.yaml";
                pass.left(
                    rules::PREFECT_1_SCHEDULE,
                    it,
                    "these parameters are not told by the text",
                    hint,
                );
            }
        }
    }
    for name in ["end_date", "labels"] {
        if let Some(it) = call.arguments.find_keyword(name) {
            let hint = if name == "labels" {
                "make a deployment of its own for it"
            } else {
                "remove the schedule by then"
            };
            pass.look(
                rules::PREFECT_1_SCHEDULE,
                it,
                format!("`{name}` of a schedule is left out"),
                hint,
            );
        }
    }
}
