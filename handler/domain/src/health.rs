//! How the work pools and queues fare that our deployments use: what Prefect shows nobody who does not look.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Serialize, Serializer};

/// A work pool that deployments of ours use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pool {
    /// Its name.
    pub name: String,
    /// Its type; `None`: there is no such pool.
    #[serde(rename = "type")]
    pub r#type: Option<String>,
    /// Nothing of it is run.
    pub paused: bool,
    /// How many workers are online; `None` for a pool of agents, and one that Prefect itself serves.
    pub workers: Option<usize>,
    /// How many of our deployments use it.
    pub deployments: usize,
    /// The queues that they use.
    pub queues: Vec<Queue>,
    /// How many runs of ours are late.
    pub late: usize,
    /// There are more than that.
    pub more_late: bool,
    /// When the oldest of them was due.
    #[serde(serialize_with = "moment")]
    pub oldest_late: Option<Timestamp>,
}

/// A work queue that deployments of ours use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Queue {
    /// Its name.
    pub name: String,
    /// Nothing of it is run.
    pub paused: bool,
    /// When a worker or an agent asked for its runs last.
    #[serde(serialize_with = "moment")]
    pub last_polled: Option<Timestamp>,
    /// How many of our deployments use it.
    pub deployments: usize,
}

#[expect(clippy::ref_option, reason = "serde passes references")]
fn moment<S: Serializer>(it: &Option<Timestamp>, to: S) -> Result<S::Ok, S::Error> {
    it.map(|it| it.to_string()).serialize(to)
}

/// Who takes the runs of a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takers {
    /// Workers, of which the server knows which are online.
    Workers,
    /// Agents of Prefect 2, of which only a queue tells when it was polled.
    Agents,
    /// Prefect Cloud itself.
    Cloud,
}

/// A queue that was polled within that time is looked after: workers ask every 10 s, agents every 5 s.
const POLLED: Duration = Duration::from_mins(2);

impl Takers {
    /// Those of a pool of that type.
    pub fn of(r#type: &str) -> Self {
        match r#type {
            "prefect-agent" => Self::Agents,
            it if it.ends_with(":push") || it.ends_with(":managed") => Self::Cloud,
            _ => Self::Workers,
        }
    }
}

/// What a person should know of `pools`, one sentence each, in their order.
pub fn problems(pools: &[Pool], now: Timestamp) -> Vec<String> {
    pools.iter().flat_map(|it| of_pool(it, now)).collect()
}

fn of_pool(pool: &Pool, now: Timestamp) -> Vec<String> {
    let name = &pool.name;
    let mut out = Vec::new();
    let Some(r#type) = &pool.r#type else {
        let users = pool.deployments;
        out.push(if name.is_empty() {
            format!("{users} deployments have no work pool any more: theirs was deleted")
        } else {
            format!("work pool `{name}` does not exist, and {users} deployments use it")
        });
        out.extend(late(pool));
        return out;
    };
    let takers = Takers::of(r#type);
    let is_idle = takers == Takers::Workers && pool.workers == Some(0);
    if pool.paused {
        out.push(format!("work pool `{name}` is paused"));
    } else if is_idle {
        out.push(format!("work pool `{name}` has no online worker"));
    }
    for it in &pool.queues {
        let queue = &it.name;
        if it.paused && !pool.paused {
            out.push(format!("work queue `{name}/{queue}` is paused"));
        }
        let is_polled = it.last_polled.is_some_and(|at| now.duration_since(at) <= signed(POLLED));
        if !is_polled && !is_idle && takers != Takers::Cloud {
            let last = it.last_polled.map_or("never".to_owned(), |at| format!("last at {at}"));
            out.push(format!("nobody polls work queue `{name}/{queue}` ({last})"));
        }
    }
    out.extend(late(pool));
    out
}

/// The late runs, if there are any.
fn late(pool: &Pool) -> Option<String> {
    let due = pool.oldest_late?;
    let more = if pool.more_late { "more than " } else { "" };
    let of = if pool.name.is_empty() {
        "without a work pool".to_owned()
    } else {
        format!("work pool `{}`", pool.name)
    };
    Some(format!("{of}: {more}{} late runs, the oldest was due at {due}", pool.late))
}

fn signed(it: Duration) -> jiff::SignedDuration {
    jiff::SignedDuration::try_from(it).unwrap_or(jiff::SignedDuration::MAX)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn time(minute: i8) -> Timestamp {
        format!("2026-01-01T00:{minute:02}:00Z").parse().unwrap()
    }

    /// A pool of that type with a queue that was polled at that minute of the hour.
    fn pool(r#type: &str, workers: Option<usize>, polled: Option<i8>) -> Pool {
        let queue = Queue {
            name: "high".to_owned(),
            paused: false,
            last_polled: polled.map(time),
            deployments: 1,
        };
        Pool {
            name: "aks".to_owned(),
            r#type: Some(r#type.to_owned()),
            paused: false,
            workers,
            deployments: 2,
            queues: vec![queue],
            late: 0,
            more_late: false,
            oldest_late: None,
        }
    }

    fn check(pool: Pool, want: Expect) {
        want.assert_eq(&problems(&[pool], time(30)).join("\n"));
    }

    #[test]
    fn what_is_looked_after_is_not_told() {
        check(pool("process", Some(1), Some(29)), expect![[""]]);
        check(pool("prefect-agent", None, Some(29)), expect![[""]]);
        check(pool("ecs:push", None, None), expect![[""]]);
    }

    #[test]
    fn a_pool_that_nobody_serves_is_told_once() {
        check(pool("process", Some(0), None), expect!["work pool `aks` has no online worker"]);
        let gone = Pool { r#type: None, ..pool("process", None, None) };
        check(gone, expect!["work pool `aks` does not exist, and 2 deployments use it"]);
        let nameless = Pool {
            name: String::new(),
            r#type: None,
            late: 1,
            oldest_late: Some(time(5)),
            ..pool("process", None, None)
        };
        check(
            nameless,
            expect![[r#"
                2 deployments have no work pool any more: theirs was deleted
                without a work pool: 1 late runs, the oldest was due at 2026-01-01T00:05:00Z"#]],
        );
    }

    #[test]
    fn a_queue_that_nobody_polls_is_told() {
        check(
            pool("prefect-agent", None, Some(20)),
            expect!["nobody polls work queue `aks/high` (last at 2026-01-01T00:20:00Z)"],
        );
        check(
            pool("process", Some(1), None),
            expect!["nobody polls work queue `aks/high` (never)"],
        );
    }

    #[test]
    fn a_pause_and_late_runs_are_told() {
        let paused = Pool { paused: true, ..pool("process", Some(1), Some(30)) };
        let late = Pool { late: 3, oldest_late: Some(time(5)), ..paused };
        check(
            late,
            expect![[r#"
                work pool `aks` is paused
                work pool `aks`: 3 late runs, the oldest was due at 2026-01-01T00:05:00Z"#]],
        );
    }
}
