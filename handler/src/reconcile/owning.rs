//! What a bundle owns once its plan is carried out.

use std::collections::BTreeMap;

use domain::desired::Deployment;
use domain::plan::{Step, owned_after};
use domain::report::Owned;

use crate::apply::Applied;
use crate::pass::{Planned, Wanted};

/// A plan, and how its steps ended: none before the first write, when it is but the intent.
pub(super) struct Owning<'a> {
    pub(super) wanted: &'a Wanted,
    pub(super) planned: &'a Planned,
    pub(super) applied: &'a [Applied],
}

impl Owning<'_> {
    /// By `flow/name`: what was owned before, and what is declared now.
    pub(super) fn deployments(&self) -> BTreeMap<String, Owned> {
        let mut deployments = self.before().cloned().unwrap_or_default();
        for want in &self.wanted.desired.deployments {
            let name = format!("{}/{}", want.flow, want.name);
            if let Some(owned) = self.declared(&name, want) {
                deployments.insert(name, owned);
            }
        }
        deployments
    }

    fn before(&self) -> Option<&BTreeMap<String, Owned>> {
        self.planned.policy.state.as_ref().map(|it| &it.deployments)
    }

    /// `None` when the plan has no step for it.
    fn declared(&self, name: &str, want: &Deployment) -> Option<Owned> {
        let steps = &self.planned.plan.steps;
        let at = steps.iter().position(|it| it.kind == "deployment" && it.name == name)?;
        let live = self.planned.observed.deployments.values();
        let live = live.into_iter().find(|it| it.key.to_string() == name);
        let made = self.applied.get(at).and_then(|it| it.id.clone());
        let id = made.or_else(|| live.map(|it| it.id.clone())).unwrap_or_default();
        let mut owned = owned_after(want, live, id, self.wanted.dialect);
        // both the old and the new may be live where a step has not ended well
        if !self.all_well(name)
            && let Some(old) = self.before().and_then(|it| it.get(name))
        {
            owned.join(old);
        }
        Some(owned)
    }

    fn all_well(&self, name: &str) -> bool {
        let own = |it: &Step| it.name == name || it.name.starts_with(&format!("{name}: "));
        let ended = |at: usize| self.applied.get(at).is_some_and(Applied::is_good);
        self.planned.plan.steps.iter().enumerate().all(|(at, step)| !own(step) || ended(at))
    }
}
