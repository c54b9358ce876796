//! `work-pools/*.yaml`: the work pools and queues that a bundle declares.

mod queue;
mod template;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Context;
use super::strict::Strict;
use super::template::{Found, Place, resolve};
use crate::desired::{Desired, Pool, TEMPLATE};
use crate::diagnostic::{Diagnostic, Severity, rules};
use crate::yaml::{Entry, Kind, Node};

const POOL: [&str; 7] =
    ["name", "type", "description", "concurrency_limit", "paused", TEMPLATE, "queues"];

/// What the server takes in no name. Measured on 3.9.1 and 2.20.27, as that names with `prefect` are reserved.
pub(super) const FORBIDDEN: [char; 5] = ['/', '%', '&', '>', '<'];
pub(super) const FORBIDDEN_TEXT: &str = "`/`, `%`, `&`, `>` or `<`";

/// Reads a whole file: one pool, or a list of pools.
pub(super) fn read(context: &Context<'_>, root: &Node, out: &mut Desired) {
    let strict = Strict { context, rule: rules::WORK_POOL_FILE };
    let own_name = stem(context.file);
    let pools = match &root.kind {
        Kind::Sequence(items) => items.iter().map(|it| (it, None)).collect(),
        _ => vec![(root, Some(own_name))],
    };
    for (node, name) in pools {
        let before = out.diagnostics.len();
        let pool = pool(strict, (node, name), &mut out.diagnostics);
        let is_sound =
            !out.diagnostics.iter().skip(before).any(|it| it.severity == Severity::Error);
        out.pools.extend(pool.filter(|_| is_sound));
    }
}

/// One pool twice: the files would change it back and forth.
pub(super) fn twins(out: &mut Desired) {
    out.pools.sort_by(|a, b| (&a.name, &a.at).cmp(&(&b.name, &b.at)));
    let mut found = Vec::new();
    for pair in out.pools.windows(2) {
        if let [first, second] = pair
            && first.name == second.name
        {
            let message = format!(
                "work pool `{}` is declared twice, here and at {}:{}",
                second.name, first.at.file, first.at.line
            );
            let error = Diagnostic::error(rules::DUPLICATE_POOL, second.at.clone(), message);
            found.push(error.hint("keep one of them"));
        }
    }
    out.diagnostics.extend(found);
}

/// The file's name without its folder and ending.
fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn pool(
    strict: Strict<'_, '_>,
    (raw, own_name): (&Node, Option<&str>),
    found: &mut Vec<Diagnostic>,
) -> Option<Pool> {
    if !strict.mapping(("a work pool", raw), &POOL, found) {
        return None;
    }
    let node = templated(strict.context, raw, found);
    let given = |key: &str| node.get(key).filter(|it| !it.is_null());
    let name = match given("name") {
        Some(it) => strict.text(("name", it), found)?,
        None => own_name.map(str::to_owned).or_else(|| {
            found.push(strict.error(raw.at, "a work pool of a list needs a `name`"));
            None
        })?,
    };
    let at = given("name").map_or(raw.at, |it| it.at);
    let reserved = name.to_lowercase().starts_with("prefect");
    if reserved || name.contains(FORBIDDEN) {
        let why = format!("it must not have {FORBIDDEN_TEXT}, nor start with `prefect`");
        found.push(strict.error(at, format!("`{name}` is no name of a work pool: {why}")));
        return None;
    }
    let r#type = given("type").and_then(|it| strict.text(("type", it), found));
    let mut fields = common(strict, &node, found);
    if let Some(it) = node.get("description") {
        let text = strict.text(("description", it), found);
        fields.insert("description", text.map_or(Value::Null, Value::from));
    }
    let template = given(TEMPLATE).and_then(|it| template::read(strict.context, it, found));
    fields.extend(template.map(|it| (TEMPLATE, it)));
    let queues = given("queues").map(|it| queue::list(strict, it, found)).unwrap_or_default();
    Some(Pool { at: strict.context.at(raw.at), name, r#type, fields, queues })
}

/// What pools and queues have alike; `concurrency_limit: null` takes the limit away.
fn common(
    strict: Strict<'_, '_>,
    node: &Node,
    found: &mut Vec<Diagnostic>,
) -> BTreeMap<&'static str, Value> {
    let mut fields = BTreeMap::new();
    if let Some(it) = node.get("concurrency_limit") {
        let limit = strict.whole(("concurrency_limit", it), 0, found);
        fields.insert("concurrency_limit", limit.map_or(Value::Null, Value::from));
    }
    if let Some(flag) = node.get("paused").and_then(|it| strict.flag(("paused", it), found)) {
        fields.insert("is_paused", flag.into());
    }
    fields
}

/// With its placeholders resolved, but for those of the template, which are the worker's.
fn templated(context: &Context<'_>, raw: &Node, found: &mut Vec<Diagnostic>) -> Node {
    let mut blocks = BTreeSet::new();
    let mut found = Found { diagnostics: found, blocks: &mut blocks };
    let mut one = |it: &Entry| match it.key.as_str() {
        TEMPLATE => it.clone(),
        _ => Entry { value: resolve(context, &it.value, Place::Plain, &mut found), ..it.clone() },
    };
    let entries = raw.entries().iter().map(&mut one).collect();
    Node { at: raw.at, kind: Kind::Mapping(entries) }
}
