//! When deployments start next.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::dialect::Dialect;
use domain::plan::window::Runs;
use domain::plan::{Step, Upcoming};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{PAGE, list, pages};
use crate::prefect::wire::text;
use crate::prefect::{ApiError, Client};

/// The runs that a write to their deployment deletes, by the deployment's id.
pub type Deleted = BTreeMap<String, Runs>;

const PATH: &str = "/flow_runs/filter";

/// How late a run may be for a write to wait for its start, or its next attempt.
const LATE: Duration = Duration::from_hours(1);

/// Pages of upcoming runs that are read to say how many there are.
const PAGES: usize = 3;

/// Which runs that a schedule made the writes leave: nobody has to look at those.
#[derive(Debug, Clone, Copy)]
pub struct Kept {
    /// Those that are late.
    late: bool,
    /// Those that have begun and wait for their next attempt.
    retries: bool,
}

impl Kept {
    /// Those that all of `steps` leave.
    pub fn by<'a>(mut steps: impl Iterator<Item = &'a Step>, dialect: Dialect) -> Self {
        let keeps = dialect.keeps_late_runs();
        Self { late: keeps && !steps.any(Step::deletes_a_schedule), retries: keeps }
    }
}

/// The upcoming runs of the deployments `ids`, the next ones first; 1 to 3 requests.
///
/// # Errors
/// When a page cannot be read.
pub async fn upcoming(
    client: &Client,
    ids: &[&str],
    now: Timestamp,
    kept: Kept,
) -> Result<Upcoming, ApiError> {
    let mut out = Upcoming::default();
    for page in 0..PAGES {
        let mut body = filter(ids, (now, None), kept);
        body["sort"] = "NEXT_SCHEDULED_START_TIME_ASC".into();
        body["limit"] = PAGE.into();
        body["offset"] = (page * PAGE).into();
        let runs = list(PATH, client.post(PATH, &body).await?)?;
        out.more = runs.len() == PAGE;
        add(&mut out.runs, &runs, kept);
        if !out.more {
            break;
        }
    }
    Ok(out)
}

/// The runs of the deployments `ids` that a schedule made and that a write deletes.
///
/// Those are the ones that are due before `before`, and unless they are `kept` those that are late, and those that wait for their
/// next attempt.
///
/// 1 or 2 requests for up to 200 deployments with up to 200 runs.
///
/// # Errors
/// When any page cannot be read.
pub async fn deleted(
    client: &Client,
    ids: &[&str],
    (now, before): (Timestamp, Timestamp),
    kept: Kept,
) -> Result<Deleted, ApiError> {
    let mut out = Deleted::new();
    for chunk in ids.chunks(PAGE) {
        let mut bodies = vec![filter(chunk, (now, Some(before)), kept)];
        if !kept.retries {
            let mut begun = filter(chunk, (now, None), kept);
            begun["flow_runs"]["start_time"] = json!({"is_null_": false});
            bodies.push(begun);
        }
        for mut body in bodies {
            // what starts meanwhile is the last of the list: none of the others moves to a page that was read
            body["sort"] = "EXPECTED_START_TIME_DESC".into();
            add(&mut out, &pages(client, PATH, body).await?, kept);
        }
    }
    for it in out.values_mut() {
        it.starts.sort_unstable();
    }
    Ok(out)
}

/// A run that is to begin or to go on, and that the deletion of its deployment would take along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Awaited {
    /// It was due then, and has not begun.
    Due(Timestamp),
    /// It has begun, and its next attempt is due then.
    Retry(Timestamp),
}

/// A run of the deployment `id` that is awaited: due in the time `(since, now)`, or to be tried again after `since`. 1 or 2 requests.
///
/// # Errors
/// When it cannot be read.
pub async fn awaited(
    client: &Client,
    id: &str,
    (since, now): (Timestamp, Timestamp),
) -> Result<Option<Awaited>, ApiError> {
    let retry = json!({
        "deployment_id": {"any_": [id]},
        "state": {"name": {"any_": ["AwaitingRetry"]}},
        "next_scheduled_start_time": {"after_": since.to_string()},
    });
    let order = ("NEXT_SCHEDULED_START_TIME_ASC", "next_scheduled_start_time");
    if let Some(at) = first(client, &retry, order).await? {
        return Ok(Some(Awaited::Retry(at)));
    }
    let due = json!({
        "deployment_id": {"any_": [id]},
        "state": {"type": {"any_": ["SCHEDULED", "PENDING"]}},
        "expected_start_time": {"after_": since.to_string(), "before_": now.to_string()},
    });
    let order = ("EXPECTED_START_TIME_DESC", "expected_start_time");
    Ok(first(client, &due, order).await?.map(Awaited::Due))
}

/// The time `field` of the first run that `filter` finds.
async fn first(
    client: &Client,
    filter: &Value,
    (sort, field): (&str, &str),
) -> Result<Option<Timestamp>, ApiError> {
    let body = json!({"flow_runs": filter, "sort": sort, "limit": 1});
    let runs = list(PATH, client.post(PATH, &body).await?)?;
    Ok(runs.first().and_then(|it| it[field].as_str()?.parse().ok()))
}

/// When the oldest run of the deployments `ids` that has begun and is not finished was due; `None` when there is none.
///
/// # Errors
/// When it cannot be read.
pub async fn oldest_unfinished(
    client: &Client,
    ids: &[&str],
) -> Result<Option<Timestamp>, ApiError> {
    let mut oldest: Option<Timestamp> = None;
    for chunk in ids.chunks(PAGE) {
        let states = ["PENDING", "RUNNING", "PAUSED", "CANCELLING"];
        // one that is tried again goes on with its code
        let state = json!({
            "operator": "or_",
            "type": {"any_": states},
            "name": {"any_": ["AwaitingRetry"]},
        });
        let runs = json!({"deployment_id": {"any_": chunk}, "state": state});
        let body =
            json!({"flow_runs": runs, "sort": "EXPECTED_START_TIME_ASC", "limit": 1, "offset": 0});
        let runs = list(PATH, client.post(PATH, &body).await?)?;
        let start = runs.first().and_then(|it| it["expected_start_time"].as_str()?.parse().ok());
        oldest = oldest.into_iter().chain(start).min();
    }
    Ok(oldest)
}

fn filter(ids: &[&str], (now, before): (Timestamp, Option<Timestamp>), kept: Kept) -> Value {
    // what is late for longer is waited for in vain: nobody takes it
    let late = now.saturating_sub(LATE).unwrap_or(now);
    let from = if kept.late { now } else { late };
    let mut due = json!({"after_": from.to_string()});
    if let Some(before) = before {
        due["before_"] = before.to_string().into();
    }
    json!({"flow_runs": {
        "deployment_id": {"any_": ids},
        "state": {"type": {"any_": ["SCHEDULED"]}},
        "next_scheduled_start_time": due,
    }})
}

fn add(into: &mut Deleted, runs: &[Value], kept: Kept) {
    for run in runs {
        let of = into.entry(text(run, "deployment_id")).or_default();
        match due_at(run) {
            Some(due) if !has_begun(run) => of.starts.push(due),
            Some(due) if !kept.retries => {
                of.retry = Some(of.retry.map_or(due, |it| it.min(due)));
            }
            Some(_) => {}
            None => of.asked += usize::from(run["auto_scheduled"] == false && !has_begun(run)),
        }
    }
}

/// Whether `run` has begun once: it is tried again.
fn has_begun(run: &Value) -> bool {
    run["run_count"] != 0
}

/// When `run` is due; `None` for one that no schedule made, or that waits for a free slot: a write leaves these.
fn due_at(run: &Value) -> Option<Timestamp> {
    let is_theirs = run["auto_scheduled"] == true && run["state_name"] != "AwaitingConcurrencySlot";
    run["next_scheduled_start_time"].as_str().filter(|_| is_theirs)?.parse().ok()
}
