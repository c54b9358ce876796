//! When deployments start next.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::dialect::Dialect;
use domain::plan::Upcoming;
use domain::plan::window::Runs;
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

/// The upcoming runs of the deployments `ids`, the next ones first; 1 to 3 requests.
///
/// # Errors
/// When a page cannot be read.
pub async fn upcoming(
    client: &Client,
    ids: &[&str],
    now: Timestamp,
    dialect: Dialect,
) -> Result<Upcoming, ApiError> {
    let mut out = Upcoming::default();
    for page in 0..PAGES {
        let mut body = filter(ids, (now, None), dialect);
        body["sort"] = "NEXT_SCHEDULED_START_TIME_ASC".into();
        body["limit"] = PAGE.into();
        body["offset"] = (page * PAGE).into();
        let runs = list(PATH, client.post(PATH, &body).await?)?;
        out.more = runs.len() == PAGE;
        add(&mut out.runs, &runs, dialect);
        if !out.more {
            break;
        }
    }
    Ok(out)
}

/// The runs of the deployments `ids` that a schedule made and that a write deletes.
///
/// Those are the ones that are due before `before`, and where the server does not keep them those that are late, and those that
/// wait for their next attempt.
///
/// 1 or 2 requests for up to 200 deployments with up to 200 runs.
///
/// # Errors
/// When any page cannot be read.
pub async fn deleted(
    client: &Client,
    ids: &[&str],
    (now, before): (Timestamp, Timestamp),
    dialect: Dialect,
) -> Result<Deleted, ApiError> {
    let mut out = Deleted::new();
    for chunk in ids.chunks(PAGE) {
        let mut bodies = vec![filter(chunk, (now, Some(before)), dialect)];
        if !dialect.keeps_late_runs() {
            let mut begun = filter(chunk, (now, None), dialect);
            begun["flow_runs"]["start_time"] = json!({"is_null_": false});
            bodies.push(begun);
        }
        for mut body in bodies {
            // what starts meanwhile is the last of the list: none of the others moves to a page that was read
            body["sort"] = "EXPECTED_START_TIME_DESC".into();
            add(&mut out, &pages(client, PATH, body).await?, dialect);
        }
    }
    for it in out.values_mut() {
        it.starts.sort_unstable();
    }
    Ok(out)
}

/// When a run of the deployment `id` was due that has not begun, if one was due in the time `(since, now)`.
///
/// # Errors
/// When it cannot be read.
pub async fn due(
    client: &Client,
    id: &str,
    (since, now): (Timestamp, Timestamp),
) -> Result<Option<Timestamp>, ApiError> {
    let body = json!({
        "flow_runs": {
            "deployment_id": {"any_": [id]},
            "state": {"type": {"any_": ["SCHEDULED", "PENDING"]}},
            "expected_start_time": {"after_": since.to_string(), "before_": now.to_string()},
        },
        "sort": "EXPECTED_START_TIME_DESC",
        "limit": 1,
    });
    let runs = list(PATH, client.post(PATH, &body).await?)?;
    let start = runs.first().and_then(|it| it["expected_start_time"].as_str());
    Ok(start.and_then(|it| it.parse().ok()))
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

fn filter(ids: &[&str], (now, before): (Timestamp, Option<Timestamp>), dialect: Dialect) -> Value {
    // what is late for longer is waited for in vain: nobody takes it
    let late = now.saturating_sub(LATE).unwrap_or(now);
    let from = if dialect.keeps_late_runs() { now } else { late };
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

fn add(into: &mut Deleted, runs: &[Value], dialect: Dialect) {
    for (run, due) in runs.iter().filter_map(|it| Some((it, due_at(it)?))) {
        let of = into.entry(text(run, "deployment_id")).or_default();
        if !has_begun(run) {
            of.starts.push(due);
        } else if !dialect.keeps_late_runs() {
            of.retry = Some(of.retry.map_or(due, |it| it.min(due)));
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
