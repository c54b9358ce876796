//! What a pass reads before it writes anything.

use std::collections::{BTreeMap, BTreeSet};

use domain::desired::Deployment;
use domain::diagnostic::{Diagnostic, any_error};
use domain::job::{Job, Scope};
use domain::names::BundleId;
use domain::plan::{self, Plan, Prune, inherited};
use domain::report::{API_VERSION, State};
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::documents::{read_clock, read_state};
use super::revision::{Revision, revision};
use super::{Found, ReconcileError, Task, claims, inventory};
use crate::app::App;
use crate::load::{self, Loaded};
use crate::pass::{self, Asked, Planned, Wanted};
use crate::stores::Item;

/// Why there is nothing to read.
pub(super) enum Unread {
    /// What is asked for is not there.
    Missing(Diagnostic),
    /// Something newer was asked for.
    Stale(&'static str),
}

/// What becomes of the bundle's pin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pin {
    None,
    Begins,
    Stays,
    Ends,
}

/// A bundle and what it asks for.
pub(super) struct Read {
    pub(super) loaded: Loaded,
    pub(super) pin: Pin,
    pub(super) wanted: Wanted,
    /// What the declarations took for the time.
    pub(super) clock: Timestamp,
    /// Of the archive and of the declarations.
    pub(super) found: Vec<Diagnostic>,
}

impl Read {
    /// Whether nothing of the bundle may be registered: it has errors, and there is nothing sound beside them.
    pub(super) fn is_held(&self, partial: bool) -> bool {
        let nothing = self.wanted.desired.deployments.is_empty();
        any_error(&self.loaded.diagnostics) || (any_error(&self.found) && (!partial || nothing))
    }
}

/// Reads the revision that counts of the bundle whose blob is `item`.
pub(super) async fn read(
    task: &Task<'_>,
    (item, extension): (&Item, &str),
) -> Result<Result<Read, Unread>, ReconcileError> {
    let Task { app, id, .. } = *task;
    let (loaded, pin) = match revision(task, item).await? {
        Revision::Uploaded(ends_pin) => {
            let limits = &app.config.limits;
            let loaded = load::bundle(&app.stores.bundles, item, id, extension, limits).await?;
            (loaded, if ends_pin { Pin::Ends } else { Pin::None })
        }
        Revision::Staged(manifest, asked) => {
            let loaded = load::staged(&app.stores.code, manifest).await?;
            (loaded, if asked { Pin::Begins } else { Pin::Stays })
        }
        Revision::Missing(why) => return Ok(Err(Unread::Missing(why))),
        Revision::Stale(why) => return Ok(Err(Unread::Stale(why))),
    };
    let code = app.code(&format!("{id}/{}", loaded.digest.short()));
    let clock = read_clock(&app.stores.receipts, id, &loaded.digest).await?;
    let clock = clock.unwrap_or_else(|| app.clock());
    let (config, tree) = (&app.config, &loaded.tree);
    let wanted = pass::wanted(&task.prefect, config, tree, id, (code, Some(clock))).await?;
    let mut found = loaded.diagnostics.clone();
    found.extend(wanted.desired.diagnostics.clone());
    Ok(Ok(Read { loaded, pin, wanted, clock, found }))
}

/// The steps for what is `wanted`, where `state` was applied before; of a bundle with `no_archive` nothing is.
pub(super) async fn planned(
    task: &Task<'_>,
    wanted: &Wanted,
    state: Option<State>,
    no_archive: bool,
) -> Result<Planned, ReconcileError> {
    let Task { app, id, .. } = *task;
    let options = &task.job.options;
    // of a rollback they only say what to run
    let is_whole = options.digest.is_some() || options.unpin;
    let only = if is_whole { Vec::new() } else { options.deployments.clone() };
    let may_prune = app.config.prune != Prune::Keep && only.is_empty();
    let all = match state.as_ref().filter(|it| may_prune && has_gone(it, wanted)) {
        Some(_) => Some(inventory::counted(app, id).await?),
        None => None,
    };
    // not with SYNC_ADOPT: two bundles would take it from each other for ever
    let claims =
        if options.adopt { BTreeMap::new() } else { claims::others(task, &wanted.desired).await? };
    let asked = Asked {
        adopt: options.adopt,
        orphans: BTreeSet::new(),
        claims,
        only,
        state,
        installation: all,
        no_archive,
        credentials: app.code_in_blob(),
    };
    let plan = |asked| pass::planned(&task.prefect, &app.config, wanted, id, asked);
    let planned = plan(asked.clone()).await?;
    let orphans = inventory::orphans(app, &planned.rivals).await?;
    if orphans.is_empty() {
        return Ok(planned);
    }
    let ids = orphans.iter().map(|it| it.bundle.clone()).collect();
    let state = inherited(&orphans, &wanted.desired, &planned.observed, (id, asked.state));
    // what they own besides, such as automations, was not looked for
    Ok(plan(Asked { orphans: ids, state, ..asked }).await?)
}

/// The plan of a revision that is not there.
fn nothing(id: &BundleId, item: &Item, why: &Diagnostic) -> Value {
    json!({
        "apiVersion": API_VERSION,
        "bundle": id,
        "etag": item.etag.as_str(),
        "digest": null,
        "steps": [],
        "counts": plan::counts(&Plan::default()),
        "diagnostics": [why],
    })
}

/// Whether `state` owns something that is not wanted any more.
fn has_gone(state: &State, wanted: &Wanted) -> bool {
    let is = |name: &str, it: &Deployment| name == format!("{}/{}", it.flow, it.name);
    let is_wanted = |name: &str| wanted.desired.deployments.iter().any(|it| is(name, it));
    state.deployments.keys().any(|it| !is_wanted(it))
}

/// The plan for a bundle as a document; nothing is written, no lease is taken. `None` unless exactly one blob has that id.
///
/// # Errors
/// When the bundle or the server cannot be read.
pub async fn dry_run(app: &App, job: &Job) -> Result<Option<Value>, ReconcileError> {
    let Scope::Bundle(id) = &job.scope else { return Ok(None) };
    let task = Task { app, prefect: app.prefect.for_job(), id, job, deadline: Instant::now() };
    let found = Found::of(&app.stores.bundles, id).await?;
    let [(item, extension)] = found.blobs.as_slice() else { return Ok(None) };
    let mut read = match read(&task, (item, extension)).await? {
        Ok(read) => read,
        Err(Unread::Missing(why)) => return Ok(Some(nothing(id, item, &why))),
        Err(Unread::Stale(_)) => return Ok(None),
    };
    let plan = if read.is_held(app.config.partial) {
        Plan::default()
    } else {
        let state = read_state(&app.stores.receipts, id).await?;
        let planned = planned(&task, &read.wanted, state, false).await?;
        read.found.extend(planned.warnings);
        planned.plan
    };
    Ok(Some(json!({
        "apiVersion": API_VERSION,
        "bundle": id,
        "etag": item.etag.as_str(),
        "digest": read.loaded.digest,
        "steps": plan.steps,
        "counts": plan::counts(&plan),
        "diagnostics": read.found,
    })))
}
