//! What goes over from one bundle to another, as when an archive is renamed.

use std::collections::{BTreeMap, BTreeSet};

use super::Policy;
use super::deployment::other_marker;
use crate::desired::{Deployment, Desired};
use crate::names::BundleId;
use crate::observed::{Key, LiveDeployment, Observed};
use crate::report::{Owned, State};

/// The other bundles of this installation that own what `desired` declares, as their tags say.
pub fn rivals(desired: &Desired, observed: &Observed, policy: &Policy) -> BTreeSet<BundleId> {
    let markers = declared(desired, observed).filter_map(|it| other_marker(it, policy));
    let prefix = policy.instance.marker_prefix();
    markers.filter_map(|it| BundleId::new(it.strip_prefix(&prefix)?).ok()).collect()
}

/// What `state` of `bundle` says with what `orphans` know of what `desired` declares.
///
/// So a pause of ours ends, and what was declared before goes back to its default, as if the archive had kept its name.
pub fn inherited(
    orphans: &[State],
    desired: &Desired,
    observed: &Observed,
    (bundle, state): (&BundleId, Option<State>),
) -> Option<State> {
    let known = |live: &LiveDeployment| {
        let name = live.key.to_string();
        let owned = orphans.iter().find_map(|it| it.deployments.get(&name))?;
        (owned.id == live.id).then(|| (name, owned.clone()))
    };
    let taken: BTreeMap<String, Owned> = declared(desired, observed).filter_map(known).collect();
    let new = |it: &State| State {
        bundle: bundle.clone(),
        done: false,
        wanted: None,
        deployments: BTreeMap::new(),
        pools: Vec::new(),
        pruned: Vec::new(),
        ..it.clone()
    };
    let mut state = state.or_else(|| orphans.first().map(new))?;
    state.deployments.extend(taken);
    Some(state)
}

/// The live deployments that `desired` declares.
fn declared<'a>(
    desired: &Desired,
    observed: &'a Observed,
) -> impl Iterator<Item = &'a LiveDeployment> {
    let key = |it: &Deployment| Key { flow: it.flow.clone(), name: it.name.clone() };
    desired.deployments.iter().filter_map(move |it| observed.deployments.get(&key(it)))
}
