//! The pools that the bundle declares: made, changed where they differ, never deleted.

use serde_json::{Map, Value, json};

use super::super::mask;
use super::super::{Action, Call, Change, Step};
use super::{Ground, POOL, SETTING, create, users};
use crate::desired::{Pool, TEMPLATE};
use crate::json::same;

/// The declared pools that the plan is about: with a selection of deployments those that they name.
pub(super) fn all(ground: Ground<'_>) -> impl Iterator<Item = &Pool> {
    let named = users(ground);
    let is_all = ground.policy.only.is_empty();
    ground.desired.pools.iter().filter(move |it| is_all || named.contains_key(it.name.as_str()))
}

pub(super) fn pools(ground: Ground<'_>) -> impl Iterator<Item = Step> + use<'_> {
    all(ground).map(move |it| step(it, ground))
}

fn step(want: &Pool, ground: Ground<'_>) -> Step {
    let Ground { observed, policy, .. } = ground;
    let name = want.name.as_str();
    let refuse = |why: String| Step::new(Action::Refuse, POOL, name).because(why);
    let at = format!("{}:{}", want.at.file, want.at.line);
    if let Some(other) = policy.claims.get(name) {
        return refuse(format!(
            "bundle `{other}` declares it, and bundle `{}` declares it too, at {at}; keep one of them, or take it over with `adopt` of a redeploy",
            policy.bundle
        ));
    }
    let Some(r#type) = observed.pools.get(name) else {
        let r#type = want.r#type.as_ref().unwrap_or(&policy.pool_type);
        let fields = want.fields.iter().map(|(name, it)| ((*name).to_owned(), it.clone()));
        let declare = format!("declare at {at}");
        let how = if want.r#type.is_some() { &declare } else { SETTING };
        return match create(name, r#type, fields.collect(), (&observed.pool_types, how)) {
            Ok(call) => {
                let step = Step::new(Action::Create, POOL, name);
                Step { call, ..step.because(format!("type {type}, declared at {at}")) }
            }
            Err(why) => refuse(why),
        };
    };
    if let Some(wanted) = want.r#type.as_ref().filter(|it| *it != r#type) {
        return refuse(format!(
            "it is of type `{type}`, and {at} declares `{wanted}`: a type cannot be changed; correct the file, or give the pool another name"
        ));
    }
    changed(want, observed.pool_records.get(name))
}

fn changed(want: &Pool, live: Option<&Map<String, Value>>) -> Step {
    let mut body = Map::new();
    let mut changes = Vec::new();
    for (field, wanted) in &want.fields {
        let have = live.and_then(|it| it.get(*field)).unwrap_or(&Value::Null);
        // the first worker fills in a template without anything
        let is_open = *field == TEMPLATE && *wanted == json!({});
        if is_open || same(have, wanted) {
            continue;
        }
        if *field == TEMPLATE {
            differences(TEMPLATE, (&mask::shown(have, wanted), wanted), &mut changes);
        } else {
            changes.push(Change::shown(field, have, wanted.clone()));
        }
        body.insert((*field).to_owned(), wanted.clone());
    }
    if body.is_empty() {
        return Step::new(Action::Keep, POOL, &want.name);
    }
    let step = Step::new(Action::Update, POOL, &want.name);
    Step { changes, call: Call::UpdatePool { body }, ..step }
}

/// What differs in a template, each by its path.
fn differences(path: &str, (have, want): (&Value, &Value), out: &mut Vec<Change>) {
    let (Value::Object(old), Value::Object(new)) = (have, want) else {
        if !same(have, want) {
            let (have, want) = (have.clone(), want.clone());
            out.push(Change { field: path.to_owned(), have, want });
        }
        return;
    };
    let keys = old.keys().chain(new.keys().filter(|it| !old.contains_key(*it)));
    for key in keys {
        let of = |map: &Map<String, Value>| map.get(key).cloned().unwrap_or_default();
        differences(&format!("{path}.{key}"), (&of(old), &of(new)), out);
    }
}
