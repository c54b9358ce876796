//! Which fields of a live deployment change, its tags among them.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::body::supported;
use super::deployment::may_take;
use super::{Change, Policy, blocks};
use crate::desired::{Deployment, Field};
use crate::dialect::Dialect;
use crate::json::same;
use crate::names::Instance;
use crate::observed::{LiveDeployment, Observed};
use crate::report::Owned;

/// The fields of `want` that are not as `live` has them, and those that were stated `before` and are no more.
pub(super) fn field_changes(
    want: &Deployment,
    live: &LiveDeployment,
    before: Option<&Owned>,
    (dialect, observed): (Dialect, &Observed),
) -> Vec<Change> {
    let was = |field: Field| before.is_some_and(|it| it.fields.iter().any(|it| it == field.name()));
    let fields = Field::ALL.into_iter().filter(|it| *it != Field::Tags && supported(*it, dialect));
    fields
        .filter_map(|field| {
            let have = live.value(field, dialect);
            let states = want.declared.contains(&field);
            let wanted = match field {
                Field::PullSteps if want.pull.is_empty() && have.is_null() => return None,
                Field::PullSteps => json!(want.pull),
                // what a server fills in for want of a statement is theirs
                _ if want.registered.contains_key(&field) && (states || have.is_null()) => {
                    blocks::registered(want, field, &have, observed)?
                }
                // it was paused by us for want of a declaration
                Field::Paused if !states && before.is_some_and(|it| it.retired) => json!(false),
                _ if states => want.fields.get(&field)?.clone(),
                _ if was(field) => {
                    want.fields.get(&field).cloned().unwrap_or_else(|| reset(field, dialect))
                }
                _ => return None,
            };
            (!same(&have, &wanted)).then(|| Change::shown(field.name(), &have, wanted))
        })
        .collect()
}

/// The server's default of a field that is declared no more.
fn reset(field: Field, dialect: Dialect) -> Value {
    match field {
        Field::Parameters | Field::JobVariables => json!({}),
        Field::Paused => json!(false),
        Field::EnforceParameterSchema => json!(dialect.is_three()),
        _ => Value::Null,
    }
}

/// Tags that others added stay; ours that are declared no more go; the marker is put back.
pub(super) fn tag_change(
    want: &Deployment,
    live: &LiveDeployment,
    before: Option<&Owned>,
    policy: &Policy,
) -> Option<Change> {
    let have = live.tags();
    let mut wanted = declared_tags(want);
    wanted.insert(policy.instance.marker(&policy.bundle));
    let was: BTreeSet<String> =
        before.map(|it| it.tags.iter().cloned().collect()).unwrap_or_default();
    wanted.extend(have.difference(&was).cloned());
    let marker = policy.instance.marker(&policy.bundle);
    wanted.retain(|it| *it == marker || !Instance::is_marker(it) || !may_take(it, policy));
    (have != wanted).then(|| Change {
        field: "tags".into(),
        have: json!(have),
        want: json!(wanted),
    })
}

/// The tags that the author states.
pub(super) fn declared_tags(want: &Deployment) -> BTreeSet<String> {
    let tags = want.fields.get(&Field::Tags).and_then(Value::as_array);
    tags.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}
