//! What a bundle owns once its plan is carried out.

use std::collections::BTreeMap;

use domain::desired::Deployment;
use domain::plan::{Action, Call, Step, owned_after};
use domain::report::Owned;

use crate::apply::Applied;
use crate::pass::{Planned, Wanted};

/// A plan, and how its steps ended: `None` before the first write, when it is but the intent.
pub(super) struct Owning<'a> {
    pub(super) wanted: &'a Wanted,
    pub(super) planned: &'a Planned,
    pub(super) applied: Option<&'a [Applied]>,
}

impl Owning<'_> {
    /// By `flow/name`: what was owned before, and what is declared now.
    pub(super) fn deployments(&self) -> BTreeMap<String, Owned> {
        let mut deployments = self.before().cloned().unwrap_or_default();
        deployments.retain(|name, _| !self.is_gone(name));
        for (name, owned) in &mut deployments {
            owned.retired |= self.is_paused_by_us(name);
            owned.idle = owned.retired || self.is_idle(name);
            let off: Vec<String> = self.switched_off(name).collect();
            owned.switched_off.retain(|it| !off.contains(it));
            owned.switched_off.extend(off);
        }
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

    /// Whether it was deleted, by us or by somebody else; what the plan has no word about for another reason stays.
    fn is_gone(&self, name: &str) -> bool {
        let Some((at, step)) = self.step(name) else {
            let policy = &self.planned.policy;
            let live = self.planned.observed.deployments.keys();
            return self.applied.is_some()
                && policy.only.is_empty()
                && !policy.held
                && live.into_iter().all(|it| it.to_string() != name);
        };
        step.action == Action::Delete && self.ended(at).is_some_and(Applied::is_good)
    }

    fn ended(&self, at: usize) -> Option<&Applied> {
        self.applied?.get(at)
    }

    /// Whether nothing of it runs, though no file declares it: paused, by whomever.
    fn is_idle(&self, name: &str) -> bool {
        let live = self.planned.observed.deployments.values();
        let mut live = live.into_iter().filter(|it| it.key.to_string() == name);
        live.any(|it| it.record.get("paused") == Some(&true.into()))
    }

    /// Also when it is but the intent, or when a deletion is put off after the pause: else it would never wake up.
    fn is_paused_by_us(&self, name: &str) -> bool {
        self.step(name).is_some_and(|(_, step)| match step.call {
            Call::UpdateDeployment { .. } => step.retires,
            Call::RetireDeployment { pause, .. } => pause,
            _ => false,
        })
    }

    /// The automations that are switched off with it, likewise.
    fn switched_off(&self, name: &str) -> impl Iterator<Item = String> {
        let steps = self.planned.plan.steps.iter();
        let off = steps.filter(|it| matches!(it.call, Call::DisableAutomation { .. }));
        off.filter_map(move |it| Some(it.name.strip_prefix(name)?.strip_prefix(": ")?.to_owned()))
    }

    fn step(&self, name: &str) -> Option<(usize, &Step)> {
        let mut steps = self.planned.plan.steps.iter().enumerate();
        steps.find(|(_, it)| it.kind == "deployment" && it.name == name)
    }

    /// `None` when the plan has no step for it.
    fn declared(&self, name: &str, want: &Deployment) -> Option<Owned> {
        let (at, _) = self.step(name)?;
        let live = self.planned.observed.deployments.values();
        let live = live.into_iter().find(|it| it.key.to_string() == name);
        let made = self.ended(at).and_then(|it| it.id.clone());
        let id = made.or_else(|| live.map(|it| it.id.clone())).unwrap_or_default();
        let before = self.before().and_then(|it| it.get(name));
        let mut owned = owned_after(want, (live, before), id, self.wanted.dialect);
        // both the old and the new may be live where a step has not ended well
        if !self.all_well(name)
            && let Some(old) = before
        {
            owned.join(old);
        }
        Some(owned)
    }

    fn all_well(&self, name: &str) -> bool {
        let own = |it: &Step| it.name == name || it.name.starts_with(&format!("{name}: "));
        let ended = |at: usize| self.ended(at).is_some_and(Applied::is_good);
        self.planned.plan.steps.iter().enumerate().all(|(at, step)| !own(step) || ended(at))
    }
}
