//! What the installation owns in all, by the states of its bundles.

use std::collections::BTreeSet;

use domain::job::{Cause, Job, Scope};
use domain::names::BundleId;
use domain::plan::{Installation, awaits};
use domain::report::{Owned, State};
use futures::{StreamExt as _, TryStreamExt as _, stream};

use super::documents::{GONE, STATE, read_state};
use super::notes::suspended;
use super::scope::{Found, bundles};
use crate::app::App;
use crate::stores::{Container, Item, StoreError};

/// States that are read at once.
const AT_ONCE: usize = 8;

/// Counts every deployment that a state knows, and those of bundles other than `except` that something is to become of.
///
/// # Errors
/// When anything cannot be listed or read: then nothing may be removed.
pub(super) async fn counted(app: &App, except: &BundleId) -> Result<Installation, StoreError> {
    let found = bundles(&app.stores.bundles).await?;
    let present: BTreeSet<&BundleId> = found.iter().map(|it| &it.id).collect();
    let known = with_document(&app.stores.receipts.list("").await?, STATE);
    let states = stream::iter(known).map(|id| async move {
        let state = read_state(&app.stores.receipts, &id).await?;
        Ok::<_, StoreError>((id, state))
    });
    let states: Vec<_> = states.buffer_unordered(AT_ONCE).try_collect().await?;
    let mut all = Installation { bundles: found.len(), deployments: 0, gone: 0, recent: 0 };
    // two states may know one deployment, which one of them has taken over
    let mut distinct = BTreeSet::new();
    for (id, state) in &states {
        let Some(state) = state.as_ref().filter(|it| is_ours(app, it)) else { continue };
        let named = state.deployments.iter();
        distinct.extend(named.map(|(name, it)| if it.id.is_empty() { name } else { &it.id }));
        let awaits = |it: &&Owned| awaits(it, present.contains(id), app.config.prune);
        if id != except {
            all.gone += state.deployments.values().filter(awaits).count();
        }
        for it in state.recent(app.clock()) {
            let known = state.deployments.get(&it.name);
            // one that was paused and is to be deleted counts there
            all.recent += usize::from(!known.as_ref().is_some_and(awaits));
            all.deployments += usize::from(known.is_none());
        }
    }
    all.deployments += distinct.len();
    Ok(all)
}

/// Whether `state` is of this installation: another one may keep its receipts here.
fn is_ours(app: &App, state: &State) -> bool {
    let ours = app.stores.bundles.name();
    state.container.as_ref().is_none_or(|it| it == ours)
}

/// The states of those of `bundles` that this installation has a state and no archive of; what a suspended one owns stays its own.
///
/// # Errors
/// When anything cannot be listed or read.
pub(super) async fn orphans(
    app: &App,
    bundles: &BTreeSet<BundleId>,
) -> Result<Vec<State>, StoreError> {
    let mut out = Vec::new();
    for id in bundles {
        if let Some(state) = read_state(&app.stores.receipts, id).await?
            && is_ours(app, &state)
            && Found::of(&app.stores.bundles, id).await?.blobs.is_empty()
            && suspended(&app.stores.receipts, id).await?.is_none()
        {
            out.push(state);
        }
    }
    Ok(out)
}

/// The ids of the deployments that the states of this installation know.
///
/// # Errors
/// When anything cannot be listed or read.
pub(super) async fn owned(app: &App) -> Result<Vec<String>, StoreError> {
    let receipts = &app.stores.receipts;
    let known = with_document(&listed(receipts).await?, STATE);
    let states = stream::iter(known).map(|id| async move { read_state(receipts, &id).await });
    let states: Vec<_> = states.buffer_unordered(AT_ONCE).try_collect().await?;
    let states = states.iter().flatten().filter(|it| is_ours(app, it));
    let ids = states.flat_map(|it| it.deployments.values()).map(|it| it.id.clone());
    Ok(ids.filter(|it| !it.is_empty()).collect())
}

/// A job for each bundle, with cause, request and options of `job`, and one for the secrets; the timer's also for bundles whose blob
/// is gone, and one for the work queues.
///
/// # Errors
/// When the bundles cannot be listed.
pub async fn jobs(app: &App, job: &Job) -> Result<Vec<Job>, StoreError> {
    let mut ids: BTreeSet<BundleId> =
        bundles(&app.stores.bundles).await?.into_iter().map(|it| it.id).collect();
    if job.cause == Cause::Timer {
        ids.extend(gone(app, &ids).await?);
    }
    let one = |id| Job { scope: Scope::Bundle(id), attempt: 0, ..job.clone() };
    let mut jobs: Vec<Job> = ids.into_iter().map(one).collect();
    jobs.extend(super::secrets::job_of_all(app, job));
    if job.cause == Cause::Timer {
        jobs.push(Job { scope: Scope::Queues, attempt: 0, ..job.clone() });
    }
    Ok(jobs)
}

/// The bundles that have a state and are not among `present`; those that came back lose the mark of being gone.
///
/// # Errors
/// When the states cannot be listed.
pub async fn gone(
    app: &App,
    present: &BTreeSet<BundleId>,
) -> Result<BTreeSet<BundleId>, StoreError> {
    let receipts = &app.stores.receipts;
    let items = listed(receipts).await?;
    let mut known = with_document(&items, STATE);
    for back in with_document(&items, GONE).intersection(present) {
        receipts.delete(&format!("{back}/{GONE}")).await?;
    }
    known.retain(|it| !present.contains(it));
    Ok(known)
}

/// Every document of the installation; a new one has none yet.
pub(super) async fn listed(receipts: &Container) -> Result<Vec<Item>, StoreError> {
    match receipts.list("").await {
        Err(error) if error.is_no_container() => Ok(Vec::new()),
        other => other,
    }
}

/// The bundles of `items` that have the document `name`.
pub(super) fn with_document(items: &[Item], name: &str) -> BTreeSet<BundleId> {
    let end = format!("/{name}");
    let ids = items.iter().filter_map(|it| it.key.strip_suffix(&end));
    ids.filter_map(|it| BundleId::new(it).ok()).collect()
}

/// Every bundle in `found`.
pub fn ids(found: &[Found]) -> BTreeSet<BundleId> {
    found.iter().map(|it| it.id.clone()).collect()
}
