//! What a bundle owns once its plan is carried out.

use std::collections::BTreeMap;

use super::deployment::{is_marked, other_marker};
use super::{Action, Call, Limits, Plan, Policy, Step, owned_after};
use crate::desired::{Deployment, Desired};
use crate::observed::{LiveDeployment, LiveSchedule, Observed};
use crate::report::Owned;

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended<'a> {
    /// It is as the plan wants it.
    pub well: bool,
    /// The deployment's id, where one was made.
    pub id: Option<&'a str>,
    /// Its schedules, where they were made or replaced.
    pub schedules: Option<&'a [LiveSchedule]>,
}

/// A plan with what it was made of, and how its steps ended.
pub struct Owning<'a> {
    /// What was declared.
    pub desired: &'a Desired,
    /// What the server had.
    pub observed: &'a Observed,
    /// What was decided by.
    pub policy: &'a Policy,
    /// The plan.
    pub plan: &'a Plan,
    /// In the plan's order; `None` before the first write, when it is but the intent.
    pub ended: Option<&'a [Ended<'a>]>,
}

/// Whether another bundle has taken `live` over.
fn is_taken(live: &LiveDeployment, policy: &Policy) -> bool {
    other_marker(live, policy).is_some() && !is_marked(live, policy)
}

impl Owning<'_> {
    /// By `flow/name`: what was owned before, and what is declared now.
    pub fn deployments(&self) -> BTreeMap<String, Owned> {
        let mut deployments = self.before().cloned().unwrap_or_default();
        deployments.retain(|name, _| !self.is_gone(name));
        for (name, owned) in &mut deployments {
            self.rests(name, owned);
        }
        for want in &self.desired.deployments {
            let name = format!("{}/{}", want.flow, want.name);
            if let Some(owned) = self.declared(&name, want) {
                deployments.insert(name, owned);
            }
        }
        deployments
    }

    fn before(&self) -> Option<&BTreeMap<String, Owned>> {
        self.policy.state.as_ref().map(|it| &it.deployments)
    }

    fn live(&self, name: &str) -> Option<&LiveDeployment> {
        self.observed.deployments.values().find(|it| it.key.to_string() == name)
    }

    fn step(&self, name: &str) -> Option<(usize, &Step)> {
        let mut steps = self.plan.steps.iter().enumerate();
        steps.find(|(_, it)| it.kind == "deployment" && it.name == name)
    }

    fn ended(&self, at: usize) -> Option<&Ended<'_>> {
        self.ended?.get(at)
    }

    /// Whether it was deleted, by us or by somebody else, or is another bundle's by now; what the plan has no word about for another
    /// reason stays.
    fn is_gone(&self, name: &str) -> bool {
        if self.live(name).is_some_and(|it| is_taken(it, self.policy)) {
            return true;
        }
        let Some((at, step)) = self.step(name) else {
            let looked = self.policy.only.is_empty() && !self.policy.held;
            return self.ended.is_some() && looked && self.live(name).is_none();
        };
        step.action == Action::Delete && self.ended(at).is_some_and(|it| it.well)
    }

    /// Notes what of `owned` is paused or switched off.
    fn rests(&self, name: &str, owned: &mut Owned) {
        // a pass was cut off before it knew the id; without our tag it is somebody else's of that name
        if owned.id.is_empty()
            && let Some(live) = self.live(name).filter(|it| is_marked(it, self.policy))
        {
            owned.id.clone_from(&live.id);
        }
        // while a declaration is in error, or of a part of the bundle, nobody knows
        owned.undeclared |= self.policy.only.is_empty() && !self.policy.held;
        owned.retired |= self.is_paused_by_us(name);
        let is_paused = |it: &LiveDeployment| it.record.get("paused") == Some(&true.into());
        owned.idle = owned.retired || self.live(name).is_some_and(is_paused);
        let off: Vec<String> = self.switched_off(name).collect();
        owned.switched_off.retain(|it| !off.contains(it));
        owned.switched_off.extend(off);
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
        let off = |it: &&Step| matches!(it.call, Call::DisableAutomation { .. });
        let off = self.plan.steps.iter().filter(off);
        off.filter_map(move |it| Some(it.name.strip_prefix(name)?.strip_prefix(": ")?.to_owned()))
    }

    /// `None` when the plan has no step for it.
    fn declared(&self, name: &str, want: &Deployment) -> Option<Owned> {
        let (at, _) = self.step(name)?;
        let live = self.live(name);
        let ended = self.ended(at);
        let made = ended.and_then(|it| it.id);
        let schedules = live.map(|it| it.schedules.as_slice());
        let schedules = ended.and_then(|it| it.schedules).or(schedules).unwrap_or_default();
        let id = made.or_else(|| live.map(|it| it.id.as_str())).unwrap_or_default();
        let before = self.before().and_then(|it| it.get(name));
        let mut owned = owned_after(want, (schedules, before), id.to_owned(), self.policy.dialect);
        owned.automation_ids = self.automation_ids(name, want);
        // both the old and the new may be live where a step has not ended well
        if !self.all_well(name) {
            owned.lost_limits = self.lost_limits(name);
            if let Some(old) = before {
                owned.join(old);
            }
        }
        Some(owned)
    }

    /// What its step drops of its schedules, to be put back.
    fn lost_limits(&self, name: &str) -> Vec<Limits> {
        let call = self.step(name).map(|(_, step)| &step.call);
        match call {
            Some(
                Call::UpdateDeployment { replaces: Some(lost), .. }
                | Call::ReplaceDeployment { replaces: Some(lost), .. },
            ) => lost.clone(),
            _ => Vec::new(),
        }
    }

    /// The ids of its automations that exist, by their names, as far as a name is that of one.
    fn automation_ids(&self, name: &str, want: &Deployment) -> BTreeMap<String, String> {
        let id = |title: &str| {
            let steps = self.plan.steps.iter().enumerate();
            let mut own = steps.filter(|(_, it)| it.kind == "automation" && it.name == title);
            let (at, step) = own.find(|(_, it)| it.action != Action::Delete)?;
            let made = self.ended(at).and_then(|it| it.id).map(str::to_owned);
            made.or_else(|| step.live.clone())
        };
        let count = |name: &str| want.automations.iter().filter(|it| it.name == name).count();
        let names = want.automations.iter().map(|it| &it.name).filter(|it| count(it) == 1);
        let ids = names.filter_map(|it| Some((it.clone(), id(&format!("{name}: {it}"))?)));
        ids.collect()
    }

    fn all_well(&self, name: &str) -> bool {
        let own = |it: &Step| it.name == name || it.name.starts_with(&format!("{name}: "));
        let well = |at: usize| self.ended(at).is_some_and(|it| it.well);
        self.plan.steps.iter().enumerate().all(|(at, step)| !own(step) || well(at))
    }
}
