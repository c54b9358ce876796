//! The vault and the server -> what is to be done.

use std::collections::BTreeSet;

use domain::desired::BlockRef;
use domain::secret::users::Usage;
use domain::secret::{
    Blocks, Does, Life, Policy, Properties, SecretName, Secrets, Step, mapped, newest, steps,
};
use futures::{StreamExt as _, stream};
use jiff::Timestamp;

use super::{Asked, state};
use crate::app::App;
use crate::prefect::observe::secrets as observe;
use crate::reconcile::ReconcileError;
use crate::secrets::{Deleted, VaultError};
use crate::telemetry::chain;

/// Secrets whose versions are looked at at once.
const AT_ONCE: usize = 8;

/// What is to be done, and what that rests on.
pub(super) struct Looked {
    pub(super) state: Secrets,
    pub(super) blocks: Blocks,
    pub(super) steps: Vec<Step>,
    pub(super) policy: Policy,
    pub(super) now: Timestamp,
}

/// Looks at what `asked` is about. Reads only, and no value.
pub(super) async fn look(asked: &Asked<'_>) -> Result<Looked, ReconcileError> {
    let (app, now) = (asked.app, asked.app.clock());
    let state = state::read(&app.stores.receipts).await?;
    let mut policy = policy(app, asked.job.options.adopt);
    if asked.name.is_some() {
        policy.parses = asked.prefect.dialect().await?.is_three();
    }
    let (listed, whole) = listed(asked, &state, &policy).await?;
    let types = types(&listed, &state, &policy);
    // Prefect is not asked where no secret counts
    if asked.name.is_none() && !types.is_empty() {
        policy.parses = asked.prefect.dialect().await?.is_three();
    }
    let types = types.iter().map(String::as_str).collect();
    let blocks = observe::blocks(&asked.prefect, &types).await?;
    let mut steps = steps(&listed, whole, (&state, &blocks), (&policy, now));
    if let Some(name) = &asked.name {
        narrow(&mut steps, name);
    }
    let steps = stream::iter(steps).map(|it| checked(asked, it, &state));
    let steps: Vec<Step> = steps.buffered(AT_ONCE).collect().await;
    let steps = spared(asked, steps, &state).await?;
    Ok(Looked { state, blocks, steps, policy, now })
}

fn policy(app: &App, adopt: bool) -> Policy {
    let config = &app.config;
    let own = [
        ("azure-blob-storage-credentials", &config.credentials_block),
        ("azure", &config.storage_block),
    ];
    let own = own.map(|(r#type, name)| BlockRef { r#type: r#type.to_owned(), name: name.clone() });
    let settings = &config.secrets;
    Policy {
        selection: settings.selection.clone(),
        table: settings.table.clone(),
        adopt: adopt || config.adopt,
        ours: own.into(),
        deletable: settings.deletable.clone(),
        near_days: settings.near_days,
        own: config.prefect.auth.in_vault().into_iter().cloned().collect(),
        parses: false,
    }
}

/// The secrets that count for what is asked, and whether these are all that there are.
async fn listed(
    asked: &Asked<'_>,
    state: &Secrets,
    policy: &Policy,
) -> Result<(Vec<Properties>, bool), VaultError> {
    if let Some(name) = &asked.name
        && let Some(one) = alone(asked, name, (state, policy)).await?
    {
        return Ok((vec![one], false));
    }
    Ok((asked.vault.list().await?, true))
}

/// The secret, where nothing but itself decides what becomes of it: it was written before, and its block is its own.
async fn alone(
    asked: &Asked<'_>,
    name: &SecretName,
    (state, policy): (&Secrets, &Policy),
) -> Result<Option<Properties>, VaultError> {
    let Some(entry) = state.secrets.get(name).filter(|it| it.version.is_some()) else {
        return Ok(None);
    };
    if state.secrets.values().filter(|it| it.block == entry.block).count() > 1 {
        return Ok(None);
    }
    let versions = match asked.vault.versions(name).await {
        Err(VaultError::Missing(_)) => return Ok(None),
        other => other?,
    };
    // of two versions of one second nobody can tell which one counts
    let newest = newest(&versions);
    let mut found = versions.into_iter().filter(|it| {
        newest.len() == 1 && it.version.as_ref().is_some_and(|it| newest.contains(it))
    });
    let Some(one) = found.next() else { return Ok(None) };
    let still = matches!(
        mapped(std::slice::from_ref(&one), state, policy).first(),
        Some((_, Ok(mapping))) if entry.is_of(mapping)
    );
    Ok(still.then_some(one))
}

fn types(listed: &[Properties], state: &Secrets, policy: &Policy) -> BTreeSet<String> {
    let found = mapped(listed, state, policy).into_iter();
    found.filter_map(|(_, it)| Some(it.ok()?.block.r#type)).collect()
}

/// Leaves what is about `name` and about the others of its block.
fn narrow(steps: &mut Vec<Step>, name: &SecretName) {
    let block = |it: &Step| it.mapping.as_ref().map(|it| it.block.clone());
    let of: BTreeSet<BlockRef> =
        steps.iter().filter(|it| it.secret == *name).filter_map(block).collect();
    steps.retain(|it| it.secret == *name || block(it).is_some_and(|it| of.contains(&it)));
}

/// The step after its versions were looked at, or, of one that is gone, whether it can come back.
async fn checked(asked: &Asked<'_>, step: Step, state: &Secrets) -> Step {
    match step.does {
        Does::Check => match asked.vault.versions(&step.secret).await {
            Ok(versions) => step.checked(&versions, state),
            // it was listed just now
            Err(error @ VaultError::Missing(_)) => step.failed(chain(&error), true),
            Err(error) => step.failed(chain(&error), error.is_later()),
        },
        // just after a deletion a vault knows nothing of a secret that can be recovered
        Does::Leave | Does::Delete if was_deleted(&step, state) => {
            match asked.vault.deleted(&step.secret).await {
                Ok(Deleted::Purged) => step.purged(),
                // a right that is not needed for anything else
                Ok(Deleted::Recoverable) | Err(_) => step,
            }
        }
        _ => step,
    }
}

/// Whether an earlier pass found it gone.
fn was_deleted(step: &Step, state: &Secrets) -> bool {
    let known = state.secrets.get(&step.secret).map(|it| it.life);
    step.life == Life::Deleted && known == Some(Life::Deleted)
}

/// A block that something uses stays: with a storage block the server deletes the deployments that use it.
async fn spared(
    asked: &Asked<'_>,
    steps: Vec<Step>,
    state: &Secrets,
) -> Result<Vec<Step>, ReconcileError> {
    if steps.iter().all(|it| it.does != Does::Delete) {
        return Ok(steps);
    }
    let (mut others, blocks) = observe::users(&asked.prefect).await?;
    others.extend(observe::pools(&asked.prefect).await?);
    let usage = Usage::new(others, blocks);
    let one = |step: Step| {
        let block = step.mapping.as_ref().map(|it| it.block.clone());
        let id = block.as_ref().and_then(|it| state.blocks.get(&it.address())?.id.clone());
        match (block, id) {
            (Some(block), Some(id)) if step.does == Does::Delete => {
                let users = usage.of(&block, &id).into_iter();
                // one that is in another block would silently be missing there
                step.used_by(users.chain(usage.outer(&id)).map(|it| it.name.as_str()))
            }
            _ => step,
        }
    };
    Ok(steps.into_iter().map(one).collect())
}
