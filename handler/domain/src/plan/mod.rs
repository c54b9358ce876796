//! Desired and observed -> ordered steps; deterministic, printable, and empty of writes when nothing differs.

mod automation;
mod blocks;
mod body;
mod compare;
mod deployment;
mod drift;
mod fields;
mod foresee;
mod mask;
mod owning;
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

use crate::desired::Desired;
use crate::diagnostic::did_you_mean;
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
pub use owning::{Ended, Owning};
pub use print::{counts, text};
pub use prune::{Installation, Prune, Pruning, Share, awaits};
pub use step::{Action, Call, Change, ScheduleChange, Step};
pub use undone::{Undone, undone};

/// What the operator allows.
#[derive(Debug, Clone)]
pub struct Policy {
    /// The server's version.
    pub dialect: Dialect,
    /// This installation.
    pub instance: Instance,
    /// The bundle.
    pub bundle: BundleId,
    /// Take over deployments without our marker.
    pub adopt: bool,
    /// Type of the pools that may be created; `None`: a missing pool is refused.
    pub create_pools: Option<String>,
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
    let mut steps = pools(desired, observed, policy);
    steps.extend(credentials(desired, observed, policy));
    let selected = desired.deployments.iter().filter(|it| deployment::selected(it, policy));
    let selected: Vec<_> = selected.collect();
    steps.extend(blocks::steps(&selected, desired, observed, policy));
    steps.extend(selected.iter().map(|it| deployment::step(it, observed, policy)));
    steps.extend(selected.iter().flat_map(|it| automation::steps(it, observed, policy)));
    steps.extend(unknown(desired, policy));
    steps.extend(prune::steps(desired, observed, policy));
    Plan { steps }
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

fn pools(desired: &Desired, observed: &Observed, policy: &Policy) -> Vec<Step> {
    let mut users: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for it in desired.deployments.iter().filter(|it| deployment::selected(it, policy)) {
        let pool = it.fields.get(&crate::desired::Field::WorkPool).and_then(Value::as_str);
        if let Some(pool) = pool.filter(|it| !observed.pools.contains_key(*it)) {
            users.entry(pool).or_default().push(format!("{}/{}", it.flow, it.name));
        }
    }
    users.into_iter().map(|(pool, users)| missing_pool(pool, &users, observed, policy)).collect()
}

fn missing_pool(pool: &str, users: &[String], observed: &Observed, policy: &Policy) -> Step {
    let users = users.join(", ");
    // Prefect 2 makes it with the first deployment of agents
    let of_agents = pool == "default-agent-pool" && !policy.dialect.is_three();
    let agents = of_agents.then(|| "prefect-agent".to_owned());
    if let Some(r#type) = agents.as_ref().or(policy.create_pools.as_ref()) {
        if !observed.pool_types.is_empty() && !observed.pool_types.contains(r#type) {
            return Step::new(Action::Refuse, "work-pool", pool)
                .because(unknown_type(r#type, &observed.pool_types));
        }
        let step = Step::new(Action::Create, "work-pool", pool);
        let step = step.because(format!("type {type}, named by {users}"));
        return Step { call: Call::CreatePool { r#type: r#type.clone() }, ..step };
    }
    let known: Vec<&str> = observed.pools.keys().map(String::as_str).collect();
    let near = did_you_mean(pool, known.iter().copied());
    let list = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    Step::new(Action::Refuse, "work-pool", pool).because(format!(
        "work pool `{pool}` does not exist (named by {users}); there are: {list}{near}; create it or set SYNC_CREATE_POOLS=true"
    ))
}

fn unknown_type(r#type: &str, known: &BTreeSet<String>) -> String {
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let near = did_you_mean(r#type, known.iter().copied());
    let list = known.join(", ");
    format!(
        "this server has no work pool type `{type}`{near}; set SYNC_POOL_TYPE to one of: {list}"
    )
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
