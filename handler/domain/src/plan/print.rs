//! A plan for people.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::{Action, Plan, Step};

/// How many steps of each action, every action named.
pub fn counts(plan: &Plan) -> BTreeMap<&'static str, usize> {
    let names = [Action::Create, Action::Update, Action::Delete, Action::Keep, Action::Refuse];
    let of = |action| plan.steps.iter().filter(|it| it.action == action).count();
    names.into_iter().map(|it| (name(it), of(it))).collect()
}

fn name(action: Action) -> &'static str {
    match action {
        Action::Create => "create",
        Action::Update => "update",
        Action::Delete => "delete",
        Action::Keep => "keep",
        Action::Refuse => "refuse",
    }
}

/// One line a step, one a changed field, and a closing count line.
pub fn text(plan: &Plan) -> String {
    let mut out = String::new();
    for step in &plan.steps {
        line(&mut out, step);
    }
    let counts = counts(plan);
    let of = |name: &str| counts.get(name).copied().unwrap_or_default();
    let _infallible = writeln!(
        out,
        "{} to create, {} to update, {} to delete, {} unchanged, {} refused",
        of("create"),
        of("update"),
        of("delete"),
        of("keep"),
        of("refuse")
    );
    out
}

fn line(out: &mut String, step: &Step) {
    let sign = match step.action {
        Action::Create => '+',
        Action::Update => '~',
        Action::Delete => '-',
        Action::Keep => '=',
        Action::Refuse => '!',
    };
    let reason = step.reason.as_deref().map(|it| format!(": {it}")).unwrap_or_default();
    let _infallible = writeln!(out, "{sign} {} {}{reason}", step.kind, step.name);
    for change in &step.changes {
        let (have, want) = (short(&change.have), short(&change.want));
        let _infallible = writeln!(out, "    {}: {have} -> {want}", change.field);
    }
}

/// A value on one line, cut after 100 characters.
fn short(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= 100 { text } else { text.chars().take(99).chain(['…']).collect() }
}
