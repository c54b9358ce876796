//! Where a deployment runs and how often at once: `work_pool` and `concurrency_limit`.

use serde_json::{Map, Value, json};

use super::fields::Fields;
use super::template::is_open;
use super::{Context, keys, typed};
use crate::desired::Field;
use crate::diagnostic::{Diagnostic, rules};
use crate::yaml::{Kind, Mark, Node};

const KNOWN: [&str; 3] = ["name", "work_queue_name", "job_variables"];

/// The pool, the queue and the job variables.
pub(super) fn read(
    context: &Context<'_>,
    entry: &Node,
    out: &mut Fields,
    found: &mut Vec<Diagnostic>,
) {
    let pool = entry.get("work_pool").filter(|it| !it.is_null());
    if let Some(pool) = pool
        && !matches!(pool.kind, Kind::Mapping(_))
    {
        let message = format!(
            "`work_pool` must be a mapping, this is {}; Prefect would skip the whole file",
            pool.type_name()
        );
        found.push(
            context.error(rules::FIELD_TYPE, pool.at, message).hint("work_pool: {name: my-pool}"),
        );
        return;
    }
    let Some(name) = pool.and_then(|it| it.get("name")).filter(|it| !it.is_null()) else {
        let at = pool.map_or(entry.at, |it| it.at);
        found.push(
            context
                .error(rules::WORK_POOL, at, "the deployment names no work pool")
                .hint("work_pool: {name: my-pool}"),
        );
        return;
    };
    let Some(pool) = pool else { return };
    keys::unknown(context, "`work_pool`", pool, &KNOWN, found);
    let name = typed::text(context, "work_pool.name", name, found);
    out.state_some(Field::WorkPool, name.map(Value::from));
    if let Some(node) = pool.get("work_queue_name") {
        let queue = typed::text(context, "work_queue_name", node, found);
        out.state_some(Field::WorkQueue, queue.map(Value::from));
    }
    if let Some(node) = pool.get("job_variables") {
        let variables = typed::mapping(context, "job_variables", node, found);
        out.state_some(Field::JobVariables, variables.map(Value::from));
        let places = node.entries().iter().map(|it| (it.key.clone(), context.at(it.at)));
        out.variables_at.extend(places);
    }
}

/// `concurrency_limit: 3`, or with `limit`, `collision_strategy` and `grace_period_seconds`.
pub(super) fn concurrency(
    context: &Context<'_>,
    entry: &Node,
    out: &mut Fields,
    found: &mut Vec<Diagnostic>,
) {
    let Some((key, node)) = entry.entry("concurrency_limit").map(|it| (it.at, &it.value)) else {
        return;
    };
    if node.is_null() {
        return;
    }
    if !context.settings.dialect.concurrency_limit() {
        found.push(no_limit(context, key));
        return;
    }
    let is_mapping = matches!(node.kind, Kind::Mapping(_));
    let limit = if is_mapping { node.get("limit") } else { Some(node) };
    if limit.and_then(Node::as_str).is_some_and(|it| is_open(context, it)) {
        return;
    }
    let Some(number) = limit.and_then(typed::whole).filter(|it| *it > 0) else {
        let message =
            "`concurrency_limit` must be a whole number above 0, or a mapping with such a `limit`";
        found.push(context.error(rules::FIELD_TYPE, node.at, message));
        return;
    };
    out.state(Field::ConcurrencyLimit, number.into());
    if let Some(options) = options(context, node, found) {
        out.state(Field::ConcurrencyOptions, options.into());
    }
}

/// The pool of a deployment of Prefect 2: agents need none; Prefect 3 has no pool of agents.
pub(super) fn agents(
    context: &Context<'_>,
    out: &mut Fields,
    at: Mark,
    found: &mut Vec<Diagnostic>,
) {
    let stated = out.values.get(&Field::WorkPool).is_some_and(|it| it != "default-agent-pool");
    if stated || !context.settings.dialect.is_three() {
        return;
    }
    if let Some(pool) = &context.settings.default_pool {
        out.state(Field::WorkPool, pool.clone().into());
        return;
    }
    let message = "the deployment names no work pool";
    let hint = "name one by `work_pool_name`, or for all by SYNC_WORK_POOL";
    found.push(context.error("work-pool", at, message).hint(hint));
}

/// A limit on a server that has none.
pub(super) fn no_limit(context: &Context<'_>, at: Mark) -> Diagnostic {
    let message = "a Prefect 2 server has no `concurrency_limit` of a deployment; it is left out";
    let hint = "limit the work queue instead";
    context.warning("not-on-this-server", at, message).hint(hint)
}

fn options(
    context: &Context<'_>,
    node: &Node,
    found: &mut Vec<Diagnostic>,
) -> Option<Map<String, Value>> {
    let given = |name: &str| node.get(name).filter(|it| !it.is_null());
    let (strategy, grace) = (given("collision_strategy"), given("grace_period_seconds"));
    let at = strategy.or(grace)?.at;
    if !context.settings.dialect.concurrency_options() {
        let message = "this server has no `collision_strategy` (3.0.3 and later); it is left out";
        found.push(context.warning(rules::NOT_ON_THIS_SERVER, at, message));
        return None;
    }
    let name = strategy.and_then(Node::as_str).filter(|it| ["ENQUEUE", "CANCEL_NEW"].contains(it));
    let Some(name) = name else {
        let message = "`collision_strategy` must be ENQUEUE or CANCEL_NEW";
        found.push(context.error(rules::FIELD_TYPE, at, message));
        return None;
    };
    let mut out = Map::from_iter([("collision_strategy".to_owned(), json!(name))]);
    if let Some(grace) = grace {
        let Some(seconds) = typed::whole(grace).filter(|it| (60..=86_400).contains(it)) else {
            let message = "`grace_period_seconds` must be a whole number from 60 to 86400";
            found.push(context.error(rules::FIELD_TYPE, grace.at, message));
            return None;
        };
        out.insert("grace_period_seconds".into(), seconds.into());
    }
    Some(out)
}
