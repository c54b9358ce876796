//! Work pools and queues: those that the bundle declares, and those that its deployments name.

mod declared;
mod named;
mod priority;
mod queue;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{Call, Policy, Step};
use crate::desired::{Deployment, Desired, Field};
use crate::diagnostic::did_you_mean;
use crate::observed::Observed;

pub(super) use named::typos;

const POOL: &str = "work-pool";
const QUEUE: &str = "work-queue";
/// The pool of agents of Prefect 2.
const AGENTS: &str = "default-agent-pool";
/// The queue that each pool is born with.
const BORN: &str = "default";

/// How the type of a pool is named that no file declares.
const SETTING: &str = "set SYNC_POOL_TYPE to";

/// What pools and queues are decided from.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) selected: &'a [&'a Deployment],
    pub(super) desired: &'a Desired,
    pub(super) observed: &'a Observed,
    pub(super) policy: &'a Policy,
}

/// Pools first, then queues, declared ones before those that are only named.
pub(super) fn steps(ground: Ground<'_>) -> Vec<Step> {
    let mut steps: Vec<Step> = declared::pools(ground).collect();
    steps.extend(named::pools(ground));
    let is_to_be = |pool: &str| {
        let is_made = |it: &Step| {
            it.kind == POOL && it.name == pool && matches!(it.call, Call::CreatePool { .. })
        };
        ground.observed.pools.contains_key(pool) || steps.iter().any(is_made)
    };
    let mut queues: Vec<Step> = declared::all(ground)
        .filter(|it| is_to_be(&it.name))
        .flat_map(|it| queue::steps(it, ground))
        .collect();
    queues.extend(named::queues(ground, &is_to_be));
    steps.extend(queues);
    steps
}

/// The pool that a deployment runs in, and its queue where it names one.
fn place<'a>(it: &'a Deployment, policy: &Policy) -> Option<(&'a str, Option<&'a str>)> {
    let queue = text(it, Field::WorkQueue);
    match text(it, Field::WorkPool) {
        Some(pool) => Some((pool, queue)),
        // Prefect 2 puts it there
        None if it.agent && !policy.dialect.is_three() => queue.map(|it| (AGENTS, Some(it))),
        None => None,
    }
}

fn text(it: &Deployment, field: Field) -> Option<&str> {
    let value = it.registered.get(&field).or_else(|| it.fields.get(&field));
    value.and_then(Value::as_str).filter(|it| !it.is_empty())
}

/// By pool: the deployments that name it.
fn users(ground: Ground<'_>) -> BTreeMap<&str, Vec<String>> {
    let mut users: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for it in ground.selected {
        if let Some(pool) = text(it, Field::WorkPool) {
            users.entry(pool).or_default().push(format!("{}/{}", it.flow, it.name));
        }
    }
    users
}

/// The body of a pool that is made, with the template of its type unless `fields` has one; or, where the
/// server has no such type, `how` to name another.
fn create(
    name: &str,
    r#type: &str,
    fields: Map<String, Value>,
    (types, how): (&BTreeMap<String, Value>, &str),
) -> Result<Call, String> {
    const TEMPLATE: &str = crate::desired::TEMPLATE;
    let mut body = Map::new();
    body.insert("name".into(), name.into());
    body.insert("type".into(), r#type.into());
    if !fields.contains_key(TEMPLATE) {
        match types.get(r#type) {
            Some(template) => drop(body.insert(TEMPLATE.into(), template.clone())),
            // the server does not say: the first worker fills it in
            None if types.is_empty() => {}
            None => return Err(unknown_type(r#type, types, how)),
        }
    }
    body.extend(fields);
    Ok(Call::CreatePool { body })
}

fn unknown_type(r#type: &str, types: &BTreeMap<String, Value>, how: &str) -> String {
    let known: Vec<&str> = types.keys().map(String::as_str).collect();
    let near = did_you_mean(r#type, known.iter().copied());
    let list = known.join(", ");
    format!("this server has no work pool type `{type}`{near}; {how} one of: {list}")
}

/// The schemas of job variables, as they are once the pools of the plan are there.
pub(super) struct Templates<'a> {
    schemas: BTreeMap<&'a str, &'a Value>,
    /// Those that the plan makes or changes.
    changed: BTreeSet<&'a str>,
}

impl<'a> Templates<'a> {
    pub(super) fn of(ground: Ground<'a>, steps: &[Step]) -> Self {
        let Ground { observed, policy, .. } = ground;
        let live = observed.templates.iter().map(|(pool, it)| (pool.as_str(), it));
        let mut schemas: BTreeMap<&str, &Value> = live.collect();
        for pool in users(ground).into_keys().filter(|it| !observed.pools.contains_key(*it)) {
            let template = observed.pool_types.get(&policy.pool_type);
            schemas.extend(template.and_then(|it| Some((pool, it.get("variables")?))));
        }
        for pool in declared::all(ground) {
            let r#type = pool.r#type.as_ref().unwrap_or(&policy.pool_type);
            let of_type = || observed.pool_types.get(r#type)?.get("variables");
            let is_new = !observed.pools.contains_key(&pool.name);
            let schema = pool.variables().or_else(|| of_type().filter(|_| is_new));
            schemas.extend(schema.map(|it| (pool.name.as_str(), it)));
        }
        let writes = |pool: &&str| {
            let writes = |it: &Step| it.kind == POOL && it.name == *pool && it.call != Call::None;
            steps.iter().any(writes)
        };
        let changed = schemas.keys().copied().filter(writes).collect();
        Self { schemas, changed }
    }

    #[cfg(test)]
    pub(super) fn of_schema(pool: &'a str, schema: &'a Value) -> Self {
        Self { schemas: BTreeMap::from([(pool, schema)]), changed: BTreeSet::new() }
    }

    /// The schema of the job variables of `pool`; `None`: its template has none.
    pub(super) fn get(&self, pool: &str) -> Option<&'a Value> {
        self.schemas.get(pool).copied()
    }

    /// Whether the plan writes the pool of `it`.
    pub(super) fn is_changed(&self, it: &Deployment, policy: &Policy) -> bool {
        place(it, policy).is_some_and(|(pool, _)| self.changed.contains(pool))
    }
}

#[cfg(test)]
mod tests;
