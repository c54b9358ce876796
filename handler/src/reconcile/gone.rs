//! A bundle whose blob is gone: what it registered is kept, paused or deleted, by the settings and by the timer only.
//!
//! One deletion says nothing of the others: somebody may be emptying the container. So an event leaves but a mark, and the
//! timer's pass looks at all of them together.

use domain::desired::Desired;
use domain::job::Cause;
use serde_json::json;

use super::documents::{is_of_none, mark_gone, read_state};
use super::read::planned;
use super::receipt::About;
use super::work::{Source, Work};
use super::{ReconcileError, Task, Verdict, heirs};
use crate::pass::Wanted;

/// Marks the bundle, or carries out what the settings want.
pub(super) async fn work(task: &Task<'_>) -> Result<Verdict, ReconcileError> {
    let Task { app, id, .. } = *task;
    let receipts = &app.stores.receipts;
    let Some(before) = read_state(receipts, id).await? else {
        return Ok(Verdict::Done(format!(
            "{id}: its blob is gone, and nothing of it is registered"
        )));
    };
    let ours = app.stores.bundles.name();
    if before.container.as_ref().is_some_and(|it| it != ours) {
        return Ok(Verdict::Done(format!("{id}: its archive is none of the container `{ours}`")));
    }
    let mark = json!({"v": 1, "bundle": id, "since": app.now(), "request": task.job.request});
    mark_gone(receipts, id, &mark).await?;
    let about = About::new(task, None);
    if task.job.cause != Cause::Timer {
        let text = "its blob is gone; what becomes of its deployments is up to the timer";
        if task.job.cause == Cause::Redeploy {
            about.write_why(text).await;
        }
        return Ok(Verdict::Done(format!("{id}: {text}")));
    }
    if let Some(heir) = heirs::awaited(task).await? {
        let text = format!("its blob is gone, and bundle `{heir}` declares what it owns");
        return Ok(Verdict::Done(format!("{id}: {text}: that one takes it over first")));
    }
    let wanted = Wanted { dialect: task.prefect.dialect().await?, desired: Desired::default() };
    let planned = planned(task, &wanted, Some(before.clone()), true).await?;
    let plan = &planned.plan;
    let is_told = is_of_none(receipts, id).await? && !before.deployments.is_empty();
    if is_told && !plan.writes() && !plan.spares() {
        return Ok(Verdict::Done(format!("{id}: its blob is gone; nothing changes")));
    }
    let source = Source::Gone(&before);
    let work = Work { task, about: &about, source, wanted: &wanted, planned: &planned, found: &[] };
    work.carry_out().await
}
