//! What becomes of deployments whose source is gone: they are kept, paused or deleted, and never many at once.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::deployment::{is_known, is_ours, other_marker, owned};
use super::{Action, Call, Change, Policy, Step};
use crate::desired::{Desired, Field};
use crate::observed::{LiveAutomation, LiveDeployment, Observed};
use crate::report::Owned;

/// What becomes of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Prune {
    /// They stay, and are reported.
    #[default]
    Keep,
    /// They are paused, with the automations that were declared for them.
    Pause,
    /// They are paused, and deleted once what is due has begun.
    Delete,
}

/// How many deployments may go at once: the larger of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Of all deployments of the installation, in percent.
    pub percent: usize,
    /// So many in any case.
    pub count: usize,
}

/// What the installation owns, over all its bundles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Installation {
    /// Bundles whose archive is there.
    pub bundles: usize,
    /// Deployments.
    pub deployments: usize,
    /// Deployments of other bundles that [`awaits`] counts.
    pub gone: usize,
    /// Deployments that were paused or deleted of late, of any bundle.
    pub recent: usize,
}

/// Whether something is to become of a deployment of another bundle, whose archive is there or not.
///
/// All of them count together, or a change of `SYNC_PRUNE` would take a few of each bundle, and so all of them.
pub fn awaits(owned: &Owned, has_archive: bool, prune: Prune) -> bool {
    let is_gone = !has_archive || owned.undeclared || owned.idle;
    match prune {
        Prune::Keep => false,
        Prune::Pause => is_gone && !owned.idle,
        Prune::Delete => is_gone,
    }
}

impl Default for Share {
    fn default() -> Self {
        Self { percent: 20, count: 5 }
    }
}

/// What the operator wants of deployments whose source is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pruning {
    /// What becomes of them.
    pub prune: Prune,
    /// How many at once.
    pub share: Share,
    /// What there is in all; `None`: not counted, so nothing goes.
    pub installation: Option<Installation>,
    /// The bundle's archive is gone.
    pub no_archive: bool,
}

/// The steps for live deployments of this bundle that it declares no more.
pub(super) fn steps(desired: &Desired, observed: &Observed, policy: &Policy) -> Vec<Step> {
    let gone = gone(desired, observed, policy);
    let going = gone.iter().filter(|it| goes(it, policy)).count();
    let spared = guard(desired, going, policy);
    let one = |live: &&LiveDeployment| {
        let why = why(live, desired, observed, policy);
        if !goes(live, policy) {
            return vec![kept(live, &why, policy)];
        }
        match &spared {
            Some(guard) => {
                let reason = format!("{why}; it is kept: {guard}");
                vec![Step::new(Action::Spare, "deployment", live.key.to_string()).because(reason)]
            }
            None => retired(live, &why, observed, policy),
        }
    };
    gone.iter().flat_map(one).collect()
}

/// Live, ours by its tag or by our state, and not declared.
fn gone<'a>(desired: &Desired, observed: &'a Observed, policy: &Policy) -> Vec<&'a LiveDeployment> {
    if !policy.only.is_empty() {
        return Vec::new();
    }
    let declared: BTreeSet<String> =
        desired.deployments.iter().map(|it| format!("{}/{}", it.flow, it.name)).collect();
    let live = observed.deployments.values().filter(|it| is_ours(it, policy));
    live.filter(|it| !declared.contains(&it.key.to_string())).collect()
}

fn is_paused(live: &LiveDeployment) -> bool {
    live.record.get("paused") == Some(&Value::Bool(true))
}

/// Whether the policy removes it: a tag alone is not enough, and what another bundle has taken over is not ours.
fn goes(live: &LiveDeployment, policy: &Policy) -> bool {
    let prune = policy.pruning.prune;
    let wants = prune == Prune::Delete || (prune == Prune::Pause && !is_paused(live));
    wants && !policy.held && is_known(live, policy) && other_marker(live, policy).is_none()
}

/// Why it is no more wanted; a rename is a new one beside it.
fn why(live: &LiveDeployment, desired: &Desired, observed: &Observed, policy: &Policy) -> String {
    if policy.held {
        return "held: a declaration is in error".to_owned();
    }
    if policy.pruning.no_archive {
        return "its bundle is gone".to_owned();
    }
    let is_new = |name: &str| {
        !observed.deployments.keys().any(|it| it.flow == live.key.flow && it.name == name)
    };
    let renamed = desired.deployments.iter().find(|it| {
        it.flow == live.key.flow
            && live.record.get(Field::Entrypoint.name()).and_then(Value::as_str)
                == Some(it.entrypoint.as_str())
            && is_new(&it.name)
    });
    let to = renamed.map(|it| format!("; `{}/{}` takes its place", it.flow, it.name));
    format!("no file declares it any more{}", to.unwrap_or_default())
}

/// Why nothing goes.
fn guard(desired: &Desired, going: usize, policy: &Policy) -> Option<String> {
    let Pruning { share, installation, no_archive, .. } = policy.pruning;
    let Some(all) = installation else {
        return Some("how many there are is not known".to_owned());
    };
    if all.bundles == 0 {
        return Some("there is no bundle at all".to_owned());
    }
    if !no_archive && desired.deployments.is_empty() {
        return Some("the bundle declares nothing at all".to_owned());
    }
    let gone = all.gone + all.recent + going;
    let most = share.count.max(all.deployments * share.percent / 100);
    let recent = match all.recent {
        0 => String::new(),
        of => format!(" ({of} of them went within the last hour)"),
    };
    (gone > most).then(|| {
        format!(
            "{gone} of the {} deployments of this installation would go{recent}, more than {most} (SYNC_PRUNE_MAX_PERCENT, SYNC_PRUNE_MAX)",
            all.deployments
        )
    })
}

fn kept(live: &LiveDeployment, why: &str, policy: &Policy) -> Step {
    let reason = if policy.held {
        format!("{why}; it is kept as it is")
    } else if policy.pruning.prune != Prune::Keep && !is_known(live, policy) {
        format!("{why}; it is kept: it has our tag, but our state does not know it")
    } else if is_paused(live) {
        format!("{why}; it is kept, paused")
    } else {
        format!("{why}; it is kept")
    };
    Step::new(Action::Keep, "deployment", live.key.to_string()).because(reason)
}

/// First what would start runs of it, then the deployment itself.
fn retired(live: &LiveDeployment, why: &str, observed: &Observed, policy: &Policy) -> Vec<Step> {
    let name = live.key.to_string();
    let ours = owned(&name, policy);
    let is_ours = |it: &&LiveAutomation| {
        let is_known = |ours: &Owned| {
            ours.automation_ids.values().any(|id| *id == it.id)
                || ours.automations.contains(&it.name) && it.runs(&live.id)
        };
        ours.is_some_and(is_known)
    };
    let automations = observed.automations.iter().flatten().filter(is_ours);
    let mut steps: Vec<Step> =
        automations.filter_map(|it| automation(it, &name, why, policy.pruning.prune)).collect();
    let paused = Change { field: "paused".into(), have: json!(false), want: json!(true) };
    let step = match policy.pruning.prune {
        Prune::Delete => {
            let call = Call::RetireDeployment { id: live.id.clone(), pause: !is_paused(live) };
            Step { call, ..Step::new(Action::Delete, "deployment", name) }
        }
        Prune::Keep | Prune::Pause => {
            let body = Map::from_iter([("paused".to_owned(), json!(true))]);
            let call = Call::UpdateDeployment {
                id: live.id.clone(),
                body,
                delete_schedules: Vec::new(),
                replaces: None,
            };
            let step = Step::new(Action::Update, "deployment", name);
            Step { call, changes: vec![paused], ..step }
        }
    };
    steps.push(Step { live: Some(live.id.clone()), ..step.because(why) });
    steps.into_iter().map(|it| Step { retires: true, ..it }).collect()
}

fn automation(live: &LiveAutomation, of: &str, why: &str, prune: Prune) -> Option<Step> {
    let name = format!("{of}: {}", live.name);
    if prune == Prune::Delete {
        let call = Call::DeleteAutomation { id: live.id.clone() };
        return Some(Step { call, ..Step::new(Action::Delete, "automation", name).because(why) });
    }
    if live.record.get("enabled") == Some(&Value::Bool(false)) {
        return None;
    }
    let call = Call::DisableAutomation { id: live.id.clone() };
    let changes = vec![Change { field: "enabled".into(), have: json!(true), want: json!(false) }];
    Some(Step { changes, call, ..Step::new(Action::Update, "automation", name).because(why) })
}

#[cfg(test)]
mod tests;
