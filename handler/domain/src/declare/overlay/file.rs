//! The file of an overlay.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::pattern;
use crate::declare::strict::Strict;
use crate::declare::template::{Found, Place, resolve};
use crate::declare::{fields, schedule};
use crate::desired::{BlockRef, Schedule};
use crate::diagnostic::Diagnostic;
use crate::yaml::{Entry, Kind, Mark, Node};

/// What one environment has differently.
#[derive(Default)]
pub(super) struct Overlay {
    /// For all deployments.
    default: Option<Change>,
    /// For those that the name fits, in the file's order: a later one wins.
    pub(super) entries: Vec<(String, Mark, Change)>,
}

/// What becomes of a deployment.
pub(super) struct Change {
    /// As written, with its placeholders resolved.
    pub(super) node: Node,
    pub(super) work_pool: Option<String>,
    pub(super) work_queue: Option<String>,
    /// Merged into those of the deployment.
    pub(super) parameters: Map<String, Value>,
    /// Merged likewise, and mappings in them; with `image` as one of them.
    pub(super) job_variables: Map<String, Value>,
    /// In the place of those of the deployment.
    pub(super) schedules: Option<Vec<Schedule>>,
    /// In the place of those of the deployment.
    pub(super) tags: Option<Vec<Value>>,
    /// Besides those of the deployment.
    pub(super) add_tags: Vec<Value>,
    pub(super) paused: Option<bool>,
    /// The blocks that its job variables name.
    pub(super) blocks: BTreeSet<BlockRef>,
}

impl Overlay {
    /// The changes of a deployment, in order.
    pub(super) fn of<'a>(&'a self, flow: &'a str, name: &'a str) -> Vec<&'a Change> {
        let fits = |it: &&(String, Mark, Change)| pattern::fits(&it.0, flow, name);
        self.default.iter().chain(self.entries.iter().filter(fits).map(|it| &it.2)).collect()
    }
}

const KEYS: [&str; 10] = [
    "image",
    "work_pool",
    "work_queue",
    "parameters",
    "job_variables",
    "schedules",
    "tags",
    "add_tags",
    "paused",
    "active",
];

/// Reads the whole file.
pub(super) fn read(strict: Strict<'_, '_>, root: &Node, found: &mut Vec<Diagnostic>) -> Overlay {
    let mut out = Overlay::default();
    if !strict.mapping(("an overlay", root), &["default", "deployments"], found) {
        return out;
    }
    let given = |key: &str| root.get(key).filter(|it| !it.is_null());
    out.default = given("default").and_then(|it| change(strict, ("`default`", it), found));
    let Some(list) = given("deployments") else { return out };
    if !matches!(list.kind, Kind::Mapping(_)) {
        let hint = "write `deployments: {name: {image: …}}`";
        found.push(strict.wrong("`deployments`", list, "a mapping").hint(hint));
    }
    for it in list.entries() {
        let place = format!("`{}`", it.key);
        if let Some(one) = change(strict, (&place, &it.value), found) {
            out.entries.push((it.key.clone(), it.at, one));
        }
    }
    out
}

fn change(
    strict: Strict<'_, '_>,
    (place, raw): (&str, &Node),
    found: &mut Vec<Diagnostic>,
) -> Option<Change> {
    if !strict.mapping((place, raw), &KEYS, found) {
        return None;
    }
    let mut blocks = BTreeSet::new();
    let node = templated(strict, raw, (found, &mut blocks));
    let given = |key: &'static str| Some((key, node.get(key).filter(|it| !it.is_null())?));
    let text = |key, found: &mut Vec<Diagnostic>| given(key).and_then(|it| strict.text(it, found));
    let object = |key, found: &mut Vec<Diagnostic>| {
        given(key).and_then(|it| strict.object(it, found)).unwrap_or_default()
    };
    let mut job_variables = object("job_variables", found);
    if let Some(image) = text("image", found) {
        job_variables.insert("image".into(), image.into());
    }
    let schedules = given("schedules").and_then(|_| {
        let only = |it: &&Entry| it.key == "schedules";
        let entries = node.entries().iter().filter(only).cloned().collect();
        let only = Node { at: node.at, kind: Kind::Mapping(entries) };
        schedule::read(strict.context, (&only, schedule::Written::Plain), found)
    });
    Some(Change {
        work_pool: text("work_pool", found),
        work_queue: text("work_queue", found),
        parameters: object("parameters", found),
        job_variables,
        schedules,
        tags: given("tags").and_then(|(_, it)| tags(strict, it, found)),
        add_tags: given("add_tags").and_then(|(_, it)| tags(strict, it, found)).unwrap_or_default(),
        paused: paused(strict, &node, found),
        blocks,
        node,
    })
}

fn tags(strict: Strict<'_, '_>, node: &Node, found: &mut Vec<Diagnostic>) -> Option<Vec<Value>> {
    if !matches!(node.kind, Kind::Sequence(_)) {
        found.push(strict.wrong("tags", node, "a list"));
        return None;
    }
    fields::tags(strict.context, node, found)?.as_array().cloned()
}

/// `paused`, or `active`, which is its opposite.
fn paused(strict: Strict<'_, '_>, node: &Node, found: &mut Vec<Diagnostic>) -> Option<bool> {
    let flag = |key: &'static str, found: &mut Vec<Diagnostic>| {
        node.get(key).and_then(|it| strict.flag((key, it), found))
    };
    let (paused, active) = (flag("paused", found), flag("active", found));
    if let (Some(_), Some(_), Some(it)) = (paused, active, node.entry("active")) {
        let message = "`paused` and `active` say the same: one of them is enough";
        found.push(strict.error(it.at, message).hint("remove `active`"));
    }
    paused.or(active.map(|it| !it))
}

fn templated(
    strict: Strict<'_, '_>,
    raw: &Node,
    (found, blocks): (&mut Vec<Diagnostic>, &mut BTreeSet<BlockRef>),
) -> Node {
    let mut found = Found { diagnostics: found, blocks };
    let mut one = |it: &Entry| {
        let place = match it.key.as_str() {
            "image" | "job_variables" => Place::JobVariables,
            _ => Place::Plain,
        };
        Entry { value: resolve(strict.context, &it.value, place, &mut found), ..it.clone() }
    };
    let entries = raw.entries().iter().map(&mut one).collect();
    Node { at: raw.at, kind: Kind::Mapping(entries) }
}
