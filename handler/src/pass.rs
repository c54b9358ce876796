//! One pass over one bundle's files: what they ask for, what the server has, the steps between. Reads only.

use std::collections::{BTreeMap, BTreeSet};

use domain::declare::{self, Code, Settings};
use domain::desired::Desired;
use domain::diagnostic::{Diagnostic, any_error};
use domain::dialect::Dialect;
use domain::names::BundleId;
use domain::observed::Observed;
use domain::plan::{
    Adopt, Installation, Plan, Policy, Pruning, Step, StorageBlock, foresee, plan, rivals, warnings,
};
use domain::report::State;
use domain::tree::Tree;
use jiff::Timestamp;
use serde_json::Value;

use crate::config::Config;
use crate::prefect::observe::{Looked, live, observe, runs, variables};
use crate::prefect::{ApiError, Client};

/// What a bundle asks for on one server.
pub struct Wanted {
    /// The server's dialect.
    pub dialect: Dialect,
    /// What the declarations ask for, with every problem.
    pub desired: Desired,
}

/// The steps for a bundle, with what they were decided from.
pub struct Planned {
    /// What the server has.
    pub observed: Observed,
    /// What was decided by.
    pub policy: Policy,
    /// The steps.
    pub plan: Plan,
    /// What only the server shows to be odd.
    pub warnings: Vec<Diagnostic>,
    /// The other bundles that own what is wanted.
    pub rivals: BTreeSet<BundleId>,
}

/// Settings of one reading.
pub fn settings(
    config: &Config,
    dialect: Dialect,
    bundle: &BundleId,
    code: Code,
    now: Option<Timestamp>,
) -> Settings {
    Settings {
        dialect,
        bundle: bundle.clone(),
        bundle_name: config.bundle_name.clone().unwrap_or_else(|| bundle.name().to_owned()),
        source_roots: config.source_roots.clone(),
        environment: config.environment.clone(),
        now,
        default_pool: config.default_pool.clone(),
        variables: None,
        overlay: config.overlay.clone(),
        live: None,
        pull: config.pull,
        pip_install: config.pip_install,
        code,
    }
}

/// What the files of `tree` ask for on the server of `client`; its variables are read only when they are mentioned.
///
/// # Errors
/// When the server cannot be read.
pub async fn wanted(
    client: &Client,
    config: &Config,
    tree: &Tree,
    bundle: &BundleId,
    (code, now): (Code, Option<Timestamp>),
) -> Result<Wanted, ApiError> {
    let dialect = client.dialect().await.map_err(|it| with_api(it, config))?;
    let known: BTreeMap<String, Value> = if declare::variables_wanted(tree).is_empty() {
        BTreeMap::new()
    } else {
        variables(client).await?
    };
    let settings =
        Settings { variables: Some(known), ..settings(config, dialect, bundle, code, now) };
    let desired = declare::desired(tree, &settings);
    let sound = |it: Desired| if config.partial { it.sound() } else { it };
    if !desired.asks_for_infrastructure(dialect) {
        return Ok(Wanted { dialect, desired: sound(desired) });
    }
    let live = Some(live(client).await?);
    let desired = declare::desired(tree, &Settings { live, ..settings });
    Ok(Wanted { dialect, desired: sound(desired) })
}

/// An address that has no version is none of a Prefect API, most often since `/api` is missing.
fn with_api(error: ApiError, config: &Config) -> ApiError {
    let (operation, detail) = match error {
        ApiError::Missing { operation } => (operation, "not found".to_owned()),
        ApiError::Garbled { operation, detail } => (operation, detail),
        other => return other,
    };
    let meant = config.prefect.with_api();
    let hint = meant.map(|it| format!(" (did you mean `{it}`?)")).unwrap_or_default();
    ApiError::Garbled { operation, detail: format!("{detail}{hint}") }
}

/// What a caller asks of the plan.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Take over what is not ours.
    pub adopt: bool,
    /// Only these deployments.
    pub only: Vec<String>,
    /// What was applied before; `None` without a store.
    pub state: Option<State>,
    /// Other bundles whose archives are gone: what they own goes over to who declares it.
    pub orphans: BTreeSet<BundleId>,
    /// By name: the declared work pools that another bundle declares, and which.
    pub claims: BTreeMap<String, BundleId>,
    /// What the installation owns in all, where it was counted.
    pub installation: Option<Installation>,
    /// The bundle's archive is gone.
    pub no_archive: bool,
    /// The code lies in Blob: generated pull steps use the credentials block, agents the storage block.
    pub credentials: bool,
}

/// The steps that bring the server to `wanted`.
///
/// # Errors
/// When the server cannot be read; nothing was changed.
pub async fn planned(
    client: &Client,
    config: &Config,
    wanted: &Wanted,
    bundle: &BundleId,
    asked: Asked,
) -> Result<Planned, ApiError> {
    let marker = config.instance.marker(bundle);
    let credentials = asked.credentials.then(|| config.credentials_block.clone());
    let storage = asked.credentials.then(|| StorageBlock {
        name: config.storage_block.clone(),
        container: config.code_container.clone(),
    });
    let before = asked.state.iter().flat_map(|it| it.deployments.values());
    let automations = before.clone().flat_map(|it| &it.automations).map(String::as_str).collect();
    let automation_ids = before.flat_map(|it| it.automation_ids.values()).map(String::as_str);
    let owned = asked.state.iter().flat_map(|it| it.deployments.values());
    let owned = owned.map(|it| it.id.as_str()).filter(|it| !it.is_empty()).collect();
    let looked = Looked {
        marker: &marker,
        owned,
        credentials: credentials.as_deref(),
        block_types: wanted.desired.block_types(wanted.dialect),
        automations,
        automation_ids: automation_ids.collect(),
    };
    let observed = observe(client, &wanted.desired, looked).await?;
    let policy = Policy {
        dialect: wanted.dialect,
        instance: config.instance.clone(),
        bundle: bundle.clone(),
        adopt: match (asked.adopt, config.adopt) {
            (true, _) => Adopt::All,
            (false, true) => Adopt::Unmarked,
            (false, false) => Adopt::Nothing,
        },
        orphans: asked.orphans,
        create_pools: config.create_pools,
        pool_type: config.pool_type.clone(),
        claims: asked.claims,
        credentials,
        storage,
        state: asked.state,
        held: any_error(&wanted.desired.diagnostics),
        pruning: Pruning {
            prune: config.prune,
            share: config.prune_share,
            installation: asked.installation,
            no_archive: asked.no_archive,
        },
        only: asked.only,
    };
    let mut plan = plan(&wanted.desired, &observed, &policy);
    let rivals = rivals(&wanted.desired, &observed, &policy);
    foreseen(client, config, &mut plan, wanted.dialect).await?;
    let warnings = warnings(&wanted.desired, &observed, &policy);
    Ok(Planned { observed, policy, plan, warnings, rivals })
}

/// Adds what becomes of the runs of the deployments that `plan` writes.
async fn foreseen(
    client: &Client,
    config: &Config,
    plan: &mut Plan,
    dialect: Dialect,
) -> Result<(), ApiError> {
    let ids: Vec<&str> = plan.steps.iter().filter_map(Step::rewrites).collect();
    if ids.is_empty() || plan.refused() {
        return Ok(());
    }
    let now = Timestamp::now();
    let kept = runs::Kept::by(plan.steps.iter(), dialect);
    let upcoming = runs::upcoming(client, &ids, now, kept).await?;
    foresee(plan, &upcoming, (now, config.window, dialect));
    Ok(())
}
