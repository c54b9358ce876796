//! The pools and queues that deployments name and no file declares: those that are missing are made.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::super::{Action, Call, Step};
use super::{AGENTS, BORN, Ground, POOL, QUEUE, SETTING, create, declared, place, users};
use crate::diagnostic::{Diagnostic, Position, did_you_mean, near_miss, rules};

/// The pools that are missing.
pub(super) fn pools(ground: Ground<'_>) -> Vec<Step> {
    let is_declared = |name: &str| declared::all(ground).any(|it| it.name == name);
    let missing = |name: &str| !ground.observed.pools.contains_key(name) && !is_declared(name);
    let users = users(ground).into_iter().filter(|(name, _)| missing(name));
    users.map(|(pool, users)| pool_step(pool, &users, ground)).collect()
}

fn pool_step(pool: &str, users: &[String], ground: Ground<'_>) -> Step {
    let Ground { observed, policy, .. } = ground;
    let users = users.join(", ");
    let refuse = |why: String| Step::new(Action::Refuse, POOL, pool).because(why);
    let of_agents = pool == AGENTS && !policy.dialect.is_three();
    if of_agents || policy.create_pools {
        let r#type = if of_agents { "prefect-agent" } else { &policy.pool_type };
        return match create(pool, r#type, Map::new(), (&observed.pool_types, SETTING)) {
            Ok(call) => {
                let step = Step::new(Action::Create, POOL, pool);
                Step { call, ..step.because(format!("type {type}, named by {users}")) }
            }
            Err(why) => refuse(why),
        };
    }
    let known: Vec<&str> = observed.pools.keys().map(String::as_str).collect();
    let near = did_you_mean(pool, known.iter().copied());
    let list = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    refuse(format!(
        "work pool `{pool}` does not exist (named by {users}); there are: {list}{near}; create it, declare it in work-pools/, or set SYNC_CREATE_POOLS=true"
    ))
}

/// A queue that deployments name.
struct Named<'a> {
    /// `flow/name` of each.
    users: Vec<String>,
    /// Where the first of them is declared.
    at: &'a Position,
}

/// The queues that are named, neither live nor declared, by pool and name.
fn missing(ground: Ground<'_>) -> BTreeMap<(&str, &str), Named<'_>> {
    let mut out: BTreeMap<(&str, &str), Named<'_>> = BTreeMap::new();
    for it in ground.selected {
        let Some((pool, Some(queue))) = place(it, ground.policy) else { continue };
        if !is_known(ground, pool, queue) {
            let named = out.entry((pool, queue)).or_insert(Named { users: Vec::new(), at: &it.at });
            named.users.push(format!("{}/{}", it.flow, it.name));
        }
    }
    out
}

fn is_known(ground: Ground<'_>, pool: &str, queue: &str) -> bool {
    let is_live = ground.observed.queues.get(pool).is_some_and(|it| it.contains_key(queue));
    let is_born = !ground.observed.pools.contains_key(pool) && queue == BORN;
    is_live || is_born || declared_queues(ground, pool).any(|it| it == queue)
}

fn declared_queues<'a>(ground: Ground<'a>, pool: &str) -> impl Iterator<Item = &'a str> {
    let pool = declared::all(ground).find(|it| it.name == pool);
    pool.into_iter().flat_map(|it| &it.queues).map(|it| it.name.as_str())
}

/// The missing queues of the pools that `is_to_be` says are there; in that of agents as `prefect work-queue create` makes them.
pub(super) fn queues(ground: Ground<'_>, is_to_be: &dyn Fn(&str) -> bool) -> Vec<Step> {
    let two = !ground.policy.dialect.is_three();
    let missing = missing(ground).into_iter();
    let missing = missing.filter(|((pool, _), _)| is_to_be(pool) || (two && *pool == AGENTS));
    missing
        .map(|((pool, queue), it)| {
            let body = Map::from_iter([("name".to_owned(), Value::from(queue))]);
            let owner = (!two || pool != AGENTS).then(|| pool.to_owned());
            let step = Step::new(Action::Create, QUEUE, format!("{pool}/{queue}"));
            let step = step.because(format!("named by {}", it.users.join(", ")));
            Step { call: Call::CreateQueue { pool: owner, body }, ..step }
        })
        .collect()
}

/// A warning for each queue that is made and has nearly the name of another one of its pool.
pub(in crate::plan) fn typos(ground: Ground<'_>) -> Vec<Diagnostic> {
    let one = |((pool, queue), it): ((&str, &str), Named<'_>)| {
        let live = ground.observed.queues.get(pool);
        let live = live.into_iter().flat_map(BTreeMap::keys).map(String::as_str);
        let near = near_miss(queue, live.chain(declared_queues(ground, pool)))?;
        let message = format!("work pool `{pool}` has no queue `{queue}`: it is made");
        let warning = Diagnostic::warning(rules::WORK_QUEUE, it.at.clone(), message);
        Some(warning.hint(format!("did you mean `{near}`?")))
    };
    missing(ground).into_iter().filter_map(one).collect()
}
