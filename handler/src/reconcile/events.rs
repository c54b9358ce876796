//! Events on the Prefect server: what changed and what failed, so that people can hang automations on it.
//!
//! They are told where the server has events, and never of a pass that changed nothing. What cannot be told is not worth a
//! failure: the receipt has it.

use domain::diagnostic::{Diagnostic, Severity};
use domain::plan::{Plan, counts, undone};
use domain::report::Outcome;
use serde_json::{Value, json};
use uuid::Uuid;

use super::receipt::About;
use crate::apply::Applied;
use crate::prefect::{ApiError, write};

/// Most related objects of an event: 3.x refuses more.
const RELATED: usize = 99;
/// Most errors, and most objects that failed, that an event has.
const ERRORS: usize = 10;

/// Tells of `outcome`, if it is worth an event.
pub(super) async fn tell(
    about: &About<'_>,
    outcome: &str,
    found: &[Diagnostic],
    (plan, applied): (&Plan, &[Applied]),
) {
    let Some(name) = name(about, outcome, (plan, applied)) else { return };
    let event = event(about, (name, outcome), found, (plan, applied));
    match write::events(&about.task.prefect, &[event]).await {
        // Prefect 2 as it comes has none
        Ok(()) | Err(ApiError::Missing { .. }) => {}
        Err(error) => {
            let error = crate::telemetry::chain(&error);
            tracing::warn!(bundle = %about.task.id, error, "warning: Prefect was not told of it");
        }
    }
}

/// Whether anything was written.
pub(super) fn has_written(applied: &[Applied]) -> bool {
    applied.iter().any(|it| it.outcome == Outcome::Done)
}

fn name(
    about: &About<'_>,
    outcome: &str,
    (plan, applied): (&Plan, &[Applied]),
) -> Option<&'static str> {
    Some(match outcome {
        "held" | "refused" | "failed" => "prefect-azure-sync.bundle.failed",
        "drifted" => "prefect-azure-sync.bundle.drifted",
        // what is sound was applied before, and something is not
        "partial" if !plan.writes() => "prefect-azure-sync.bundle.failed",
        "applied" if !plan.writes() => return None,
        // what was put off comes with the job's next attempt, whose event tells of that alone
        "deferred" if !has_written(applied) => return None,
        "applied" | "deferred" if about.repairs => "prefect-azure-sync.bundle.drift-repaired",
        "applied" | "deferred" | "partial" => "prefect-azure-sync.bundle.applied",
        _ => return None,
    })
}

fn event(
    about: &About<'_>,
    (name, outcome): (&str, &str),
    found: &[Diagnostic],
    (plan, applied): (&Plan, &[Applied]),
) -> Value {
    let (app, id, job) = (about.task.app, about.task.id, about.task.job);
    let digest = about.digest.as_ref().map(domain::names::Digest::as_str);
    let etag = about.item.map(|it| it.etag.as_str());
    let bundle = format!("{}/{id}", app.config.instance.as_str());
    // told again after a lost answer it is the same event
    let of = format!("{bundle} {name} {} {} {digest:?} {etag:?}", job.request, job.attempt);
    let errors = found.iter().filter(|it| it.severity == Severity::Error);
    let outcomes: Vec<Outcome> = applied.iter().map(|it| it.outcome.clone()).collect();
    let undone = undone(plan, &outcomes);
    let some = has_written(applied);
    let error =
        |it: &Diagnostic| format!("{}:{}:{}: {}", it.at.file, it.at.line, it.at.column, it.message);
    json!({
        "id": Uuid::new_v5(&Uuid::NAMESPACE_URL, of.as_bytes()),
        "occurred": app.now(),
        "event": name,
        "resource": {
            "prefect.resource.id": format!("prefect-azure-sync.bundle.{bundle}"),
            "prefect.resource.name": id,
        },
        "related": related(plan, applied),
        "payload": {
            "bundle": id,
            "outcome": outcome,
            "digest": digest,
            "etag": etag,
            "cause": job.cause,
            "request": job.request,
            "counts": counts(plan),
            "partial": outcome == "partial" || (some && !undone.is_empty()),
            "failed": undone.iter().take(ERRORS).collect::<Vec<_>>(),
            "errors": errors.take(ERRORS).map(error).collect::<Vec<_>>(),
        },
    })
}

/// The deployments that were written, or should have been.
fn related(plan: &Plan, applied: &[Applied]) -> Vec<Value> {
    let steps = plan.steps.iter().enumerate().filter(|(_, it)| it.kind == "deployment");
    let written = steps.filter(|(_, it)| it.call != domain::plan::Call::None);
    let ids = written.filter_map(|(at, step)| {
        let made = applied.get(at).and_then(|it| it.id.clone());
        Some((made.or_else(|| step.live.clone())?, &step.name))
    });
    let one = |(id, name): (String, &String)| {
        json!({
            "prefect.resource.id": format!("prefect.deployment.{id}"),
            "prefect.resource.role": "deployment",
            "prefect.resource.name": name,
        })
    };
    ids.map(one).take(RELATED).collect()
}
