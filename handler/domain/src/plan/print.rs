//! A plan for people.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::{Action, Change, Plan, ScheduleChange, Step};

/// So many names are said of steps that share one line.
const NAMED: usize = 5;

/// How many steps of each action, every action named as in the document.
pub fn counts(plan: &Plan) -> BTreeMap<&'static str, usize> {
    let all = [Action::Create, Action::Update, Action::Delete, Action::Keep, Action::Refuse];
    let mut counts: BTreeMap<&str, usize> = all.into_iter().map(|it| (name(it), 0)).collect();
    for step in &plan.steps {
        *counts.entry(name(step.action)).or_default() += 1;
    }
    counts
}

fn name(action: Action) -> &'static str {
    match action {
        Action::Create => "create",
        Action::Update => "update",
        Action::Delete => "delete",
        Action::Keep | Action::Skip => "keep",
        Action::Refuse | Action::Spare => "refuse",
    }
}

fn sign(action: Action) -> char {
    match action {
        Action::Create => '+',
        Action::Update => '~',
        Action::Delete => '-',
        Action::Keep => '=',
        Action::Refuse | Action::Spare => '!',
        Action::Skip => 'x',
    }
}

/// One line a step, one a changed field or schedule, and a closing count line; steps with one reason share a line.
pub fn text(plan: &Plan) -> String {
    let mut out = String::new();
    let mut groups: Vec<Vec<&Step>> = Vec::new();
    for step in &plan.steps {
        let fits = |it: &&mut Vec<&Step>| it.first().is_some_and(|it| alike(it, step));
        match groups.iter_mut().find(fits) {
            Some(group) => group.push(step),
            None => groups.push(vec![step]),
        }
    }
    for group in &groups {
        lines(&mut out, group);
    }
    closing(&mut out, plan);
    out
}

/// Whether two steps say the same of two objects.
fn alike(a: &Step, b: &Step) -> bool {
    let plain =
        |it: &Step| it.reason.is_some() && it.changes.is_empty() && it.consequences.is_empty();
    plain(a) && plain(b) && (a.action, a.kind, &a.reason) == (b.action, b.kind, &b.reason)
}

fn closing(out: &mut String, plan: &Plan) {
    let of = |action| plan.steps.iter().filter(|it| it.action == action).count();
    let _infallible = write!(
        out,
        "{} to create, {} to update, {} to delete, {} unchanged, {} refused",
        of(Action::Create),
        of(Action::Update),
        of(Action::Delete),
        of(Action::Keep),
        of(Action::Refuse) + of(Action::Spare)
    );
    let skipped = of(Action::Skip);
    let skipped = (skipped > 0).then(|| format!(", {skipped} not possible on this server"));
    let _infallible = writeln!(out, "{}", skipped.unwrap_or_default());
}

fn lines(out: &mut String, group: &[&Step]) {
    let Some(step) = group.first() else { return };
    let names: Vec<&str> = group.iter().take(NAMED).map(|it| it.name.as_str()).collect();
    let more = match group.len() {
        0..=NAMED => String::new(),
        all => format!(" and {} more", all - NAMED),
    };
    let reason = step.reason.as_deref().map(|it| format!(": {it}")).unwrap_or_default();
    let (sign, names) = (sign(step.action), names.join(", "));
    let _infallible = writeln!(out, "{sign} {} {names}{more}{reason}", step.kind);
    let told = |it: &&Change| it.field != "schedules" || step.schedules.is_empty();
    for it in step.changes.iter().filter(told) {
        let _infallible = writeln!(out, "    {}: {}", it.field, change(it));
    }
    step.schedules.iter().for_each(|it| schedule(out, it));
    for it in &step.consequences {
        let _infallible = writeln!(out, "    > {it}");
    }
}

fn schedule(out: &mut String, schedule: &ScheduleChange) {
    let fields = schedule.changes.iter().map(|it| match schedule.action {
        Action::Create => format!("{} {}", it.field, short(&it.want)),
        _ => format!("{} {}", it.field, change(it)),
    });
    let fields: Vec<String> = fields.collect();
    let fields = if fields.is_empty() { String::new() } else { format!(": {}", fields.join(", ")) };
    let sign = sign(schedule.action);
    let _infallible = writeln!(out, "    {sign} schedule {}{fields}", schedule.name);
}

fn change(change: &Change) -> String {
    format!("{} -> {}", short(&change.have), short(&change.want))
}

/// A value on one line, cut after 100 characters.
fn short(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= 100 { text } else { text.chars().take(99).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use serde_json::json;

    use super::*;

    fn changed(field: &str, have: Value, want: Value) -> Change {
        Change { field: field.to_owned(), have, want }
    }

    #[test]
    fn each_schedule_has_a_line_with_its_fields() {
        let schedule =
            |action, name: &str, changes| ScheduleChange { action, name: name.into(), changes };
        let schedules = vec![
            schedule(
                Action::Update,
                "early",
                vec![
                    changed("cron", json!("0 6 * * *"), json!("0 5 * * *")),
                    changed("active", json!(true), json!(false)),
                ],
            ),
            schedule(
                Action::Create,
                "late",
                vec![changed("cron", json!(null), json!("0 9 * * *"))],
            ),
            schedule(Action::Delete, "old", vec![]),
            schedule(Action::Keep, "theirs", vec![]),
        ];
        let changes = vec![
            changed("version", json!("1"), json!("2")),
            changed("schedules", json!([]), json!([])),
        ];
        let consequences = vec!["3 upcoming runs will be rescheduled".to_owned()];
        let step = Step::new(Action::Update, "deployment", "etl/daily");
        let step = Step { changes, schedules, consequences, ..step };
        expect![[r#"
            ~ deployment etl/daily
                version: "1" -> "2"
                ~ schedule early: cron "0 6 * * *" -> "0 5 * * *", active true -> false
                + schedule late: cron "0 9 * * *"
                - schedule old
                = schedule theirs
                > 3 upcoming runs will be rescheduled
            0 to create, 1 to update, 0 to delete, 0 unchanged, 0 refused
        "#]]
        .assert_eq(&text(&Plan { steps: vec![step] }));
    }

    #[test]
    fn steps_with_one_reason_share_a_line() {
        let step = |at: usize| {
            Step::new(Action::Skip, "automation", format!("etl/{at}: a"))
                .because("no automations here")
        };
        let steps =
            (0..7).map(step).chain([Step::new(Action::Keep, "deployment", "etl/0")]).collect();
        expect![[r#"
            x automation etl/0: a, etl/1: a, etl/2: a, etl/3: a, etl/4: a and 2 more: no automations here
            = deployment etl/0
            0 to create, 0 to update, 0 to delete, 1 unchanged, 0 refused, 7 not possible on this server
        "#]].assert_eq(&text(&Plan { steps }));
    }
}
