//! Schedules in the vocabulary of a prefect.yaml, each at its place.

use crate::yaml::{Entry, Kind, Node};

/// `schedules` of `root`: `schedule: {cron}` with `is_schedule_active`, or `schedules: [{schedule, active}]`.
pub(super) fn plain(root: &Node) -> Node {
    let single = root.get("schedule").filter(|it| !it.is_null());
    let many = root.get("schedules").filter(|it| !it.is_null());
    let list = match (single, many) {
        (Some(single), None) => vec![with_active(single, root.entry("is_schedule_active"))],
        (_, Some(many)) => many.items().iter().map(one).collect(),
        (None, None) => Vec::new(),
    };
    let at = single.or(many).map_or(root.at, |it| it.at);
    let value = Node { at, kind: Kind::Sequence(list) };
    Node {
        at: root.at,
        kind: Kind::Mapping(vec![Entry { key: "schedules".to_owned(), at, value }]),
    }
}

fn one(item: &Node) -> Node {
    match item.get("schedule") {
        Some(timing) => with_active(timing, item.entry("active")),
        None => item.clone(),
    }
}

fn with_active(timing: &Node, active: Option<&Entry>) -> Node {
    let active = active.filter(|it| !it.value.is_null());
    let active = active.map(|it| Entry { key: "active".to_owned(), ..it.clone() });
    let entries = timing.entries().iter().cloned().chain(active);
    match timing.kind {
        Kind::Mapping(_) => Node { at: timing.at, kind: Kind::Mapping(entries.collect()) },
        _ => timing.clone(),
    }
}
