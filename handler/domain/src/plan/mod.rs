//! Desired and observed -> ordered steps; deterministic, printable, and empty of writes when nothing differs.

mod automation;
mod blocks;
mod body;
mod compare;
mod deployment;
mod drift;
mod fields;
mod foresee;
mod heritage;
mod mask;
mod owning;
mod pools;
mod print;
mod prune;
mod schedule;
mod step;
mod undone;
mod variables;
pub mod window;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use crate::desired::{Deployment, Desired};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::dialect::Dialect;
use crate::names::{BundleId, Instance};
use crate::observed::Observed;
use crate::report::State;

pub use automation::addressed;
pub use blocks::placed;
pub use body::create_body;
use deployment::owned_after;
pub use drift::only_report;
pub use foresee::{Upcoming, foresee};
pub use heritage::{inherited, rivals};
pub use owning::{Ended, Owning};
use pools::{Ground, Templates};
pub use print::{counts, text};
pub use prune::{Installation, Prune, Pruning, Share, awaits};
pub use schedule::{Limits, put_back};
pub use step::{Action, Call, Change, ScheduleChange, Step};
pub use undone::{Undone, undone};

/// Which deployments that are not ours are taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Adopt {
    /// None.
    #[default]
    Nothing,
    /// Those without any bundle's marker.
    Unmarked,
    /// Those of other bundles as well: only ever for one request, or two bundles would take a deployment from each other for ever.
    All,
}

/// What the operator allows.
#[derive(Debug, Clone)]
pub struct Policy {
    /// The server's version.
    pub dialect: Dialect,
    /// This installation.
    pub instance: Instance,
    /// The bundle.
    pub bundle: BundleId,
    /// What is taken over.
    pub adopt: Adopt,
    /// Bundles of this installation whose archive is gone: what they own goes over to who declares it.
    pub orphans: BTreeSet<BundleId>,
    /// Pools that deployments name and that are missing are made; else they are refused. Declared ones are made always.
    pub create_pools: bool,
    /// The type of pools that are made and whose type is not declared.
    pub pool_type: String,
    /// By name: the declared pools that another bundle declares, and which.
    pub claims: BTreeMap<String, BundleId>,
    /// The credentials block that generated pull steps name; `None` without a Blob store.
    pub credentials: Option<String>,
    /// The storage block that agents of Prefect 2 read the code with; `None` without a Blob store.
    pub storage: Option<StorageBlock>,
    /// What was applied before; `None` without a store: then nothing is reset or removed.
    pub state: Option<State>,
    /// A declaration of the bundle is in error: what no file declares may be what that one meant.
    pub held: bool,
    /// What becomes of deployments that no file declares any more.
    pub pruning: Pruning,
    /// Only these, as `flow/name` or `name`; empty: all.
    pub only: Vec<String>,
}

/// A block of type `azure` that is made when it is needed and does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StorageBlock {
    /// Its name.
    pub name: String,
    /// The code container.
    pub container: String,
}

/// The steps for one bundle, in the order in which they are carried out.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Plan {
    /// Pools, blocks, deployments, automations.
    pub steps: Vec<Step>,
}

impl Plan {
    /// Whether any step is refused: then none is carried out.
    pub fn refused(&self) -> bool {
        self.steps.iter().any(|it| it.action == Action::Refuse)
    }

    /// Whether a guard keeps something that the policy would remove; the other steps are carried out.
    pub fn spares(&self) -> bool {
        self.steps.iter().any(|it| it.action == Action::Spare)
    }

    /// Whether any step writes.
    pub fn writes(&self) -> bool {
        self.steps.iter().any(|it| it.call != Call::None)
    }
}

/// The steps that turn `observed` into `desired`.
pub fn plan(desired: &Desired, observed: &Observed, policy: &Policy) -> Plan {
    let selected = selected(desired, policy);
    let ground = Ground { selected: &selected, desired, observed, policy };
    let mut steps = pools::steps(ground);
    let templates = Templates::of(ground, &steps);
    steps.extend(credentials(desired, observed, policy));
    steps.extend(blocks::steps(&selected, desired, observed, policy));
    steps.extend(selected.iter().map(|it| deployment::step(it, observed, policy, &templates)));
    steps.extend(selected.iter().flat_map(|it| automation::steps(it, observed, policy)));
    steps.extend(unknown(desired, policy));
    steps.extend(prune::steps(desired, observed, policy));
    Plan { steps }
}

/// Warnings of what only the server shows to be odd: a queue that looks like a typo.
pub fn warnings(desired: &Desired, observed: &Observed, policy: &Policy) -> Vec<Diagnostic> {
    let selected = selected(desired, policy);
    pools::typos(Ground { selected: &selected, desired, observed, policy })
}

fn selected<'a>(desired: &'a Desired, policy: &Policy) -> Vec<&'a Deployment> {
    desired.deployments.iter().filter(|it| deployment::selected(it, policy)).collect()
}

/// Names that the request has and no file declares.
fn unknown(desired: &Desired, policy: &Policy) -> Vec<Step> {
    let all: Vec<String> =
        desired.deployments.iter().map(|it| format!("{}/{}", it.flow, it.name)).collect();
    let known = |name: &str| {
        desired.deployments.iter().any(|it| it.name == name) || all.iter().any(|it| it == name)
    };
    let names = policy.only.iter().filter(|it| !known(it));
    let refuse = |name: &String| {
        let near = did_you_mean(name, all.iter().map(String::as_str));
        let reason = format!("no file declares it; there are: {}{near}", all.join(", "));
        Step::new(Action::Refuse, "deployment", name.as_str()).because(reason)
    };
    names.map(refuse).collect()
}

fn credentials(desired: &Desired, observed: &Observed, policy: &Policy) -> Option<Step> {
    let name = policy.credentials.as_ref().filter(|_| !observed.credentials)?;
    let needle = format!("prefect.blocks.azure-blob-storage-credentials.{name} ");
    let used = desired
        .deployments
        .iter()
        .any(|it| Value::from(it.pull.clone()).to_string().contains(&needle));
    used.then(|| {
        let step =
            Step::new(Action::Create, "block", format!("azure-blob-storage-credentials/{name}"));
        Step { call: Call::CreateCredentials, ..step }
    })
}
