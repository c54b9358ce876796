//! The queues of a declared pool: made, changed where they differ, never deleted.

use serde_json::{Map, Value};

use super::super::{Action, Call, Change, Step};
use super::priority::Order;
use super::{BORN, Ground, QUEUE};
use crate::desired::{Pool, Queue};
use crate::json::same;

/// By priority: a priority that is written pushes back only queues that come after it.
pub(super) fn steps(pool: &Pool, ground: Ground<'_>) -> Vec<Step> {
    let live = ground.observed.queues.get(&pool.name);
    let is_new = !ground.observed.pools.contains_key(&pool.name);
    let priority = |it: &Map<String, Value>| it.get("priority").and_then(Value::as_i64);
    let listed =
        live.into_iter().flatten().filter_map(|(name, it)| Some((name.clone(), priority(it)?)));
    let born = is_new.then(|| (BORN.to_owned(), 1));
    let mut order = Order::of(listed.chain(born));
    let mut steps = Vec::new();
    for want in &pool.queues {
        let record = live.and_then(|it| it.get(&want.name));
        let step = match record {
            Some(record) => changed(pool, want, (record, &order)),
            // it comes with the pool
            None if is_new && want.name == BORN => changed(pool, want, (&born_record(), &order)),
            None => made(pool, want),
        };
        match &step.call {
            Call::CreateQueue { .. } => order.set(&want.name, want.priority()),
            Call::UpdateQueue { body, .. } if body.contains_key("priority") => {
                order.set(&want.name, want.priority());
            }
            _ => {}
        }
        steps.push(step);
    }
    steps
}

/// What a queue has that nothing was said of.
fn born_record() -> Map<String, Value> {
    let fields = [
        ("description", "".into()),
        ("is_paused", false.into()),
        ("concurrency_limit", Value::Null),
    ];
    fields.into_iter().map(|(name, it)| (name.to_owned(), it)).collect()
}

fn made(pool: &Pool, want: &Queue) -> Step {
    let mut body = Map::from_iter([("name".to_owned(), Value::from(want.name.as_str()))]);
    body.extend(want.fields.iter().map(|(name, it)| ((*name).to_owned(), it.clone())));
    let reason = format!("declared at {}:{}", want.at.file, want.at.line);
    let step = Step::new(Action::Create, QUEUE, format!("{}/{}", pool.name, want.name));
    Step { call: Call::CreateQueue { pool: Some(pool.name.clone()), body }, ..step.because(reason) }
}

fn changed(pool: &Pool, want: &Queue, (live, order): (&Map<String, Value>, &Order)) -> Step {
    let mut changes = Vec::new();
    for (field, wanted) in &want.fields {
        let have = match *field {
            // those before may have pushed it back
            "priority" => order.get(&want.name).map_or(Value::Null, Value::from),
            field => live.get(field).cloned().unwrap_or_default(),
        };
        if !same(&have, wanted) {
            changes.push(Change::shown(field, &have, wanted.clone()));
        }
    }
    let name = format!("{}/{}", pool.name, want.name);
    if changes.is_empty() {
        return Step::new(Action::Keep, QUEUE, name);
    }
    let body = changes.iter().map(|it| (it.field.clone(), it.want.clone())).collect();
    let (pool, queue) = (pool.name.clone(), want.name.clone());
    let call = Call::UpdateQueue { pool, queue, body };
    Step { changes, call, ..Step::new(Action::Update, QUEUE, name) }
}
