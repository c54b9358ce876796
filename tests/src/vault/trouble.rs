//! What is asked of a vault, counted; and what goes wrong when a test wants it to.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

use super::answer::{Refusal, throttled};

/// A kind of request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    /// A page of all secrets.
    List,
    /// A page of the versions of one.
    Versions,
    /// A value, of the current version or another.
    Value,
    /// A page of deleted secrets.
    DeletedList,
    /// What was deleted.
    Deleted,
    /// A new version.
    Set,
    /// Other properties of a version.
    Update,
    /// A deletion.
    Delete,
    /// Its undoing.
    Recover,
    /// Its end.
    Purge,
}

/// What goes wrong.
#[derive(Debug, Clone)]
pub enum Trouble {
    /// 429, to be tried again after so many seconds.
    Throttled(u64),
    /// 403, as without the right.
    Denied,
    /// An answer that is no vault's.
    Answer(u16, String),
    /// The next page of a listing is said to be there.
    Link(String),
}

#[derive(Debug)]
struct Plan {
    trouble: Trouble,
    skip: usize,
    times: usize,
}

/// The counts and the plans of a vault.
#[derive(Debug, Default)]
pub(super) struct Troubles {
    /// The names that were asked for, in their order; empty ones of listings.
    asked: BTreeMap<Operation, Vec<String>>,
    plans: BTreeMap<Operation, Plan>,
}

impl Troubles {
    pub(super) fn plan(&mut self, on: Operation, trouble: Trouble, (skip, times): (usize, usize)) {
        self.plans.insert(on, Plan { trouble, skip, times });
    }

    /// Counts a request for `name` that had a good token; what goes wrong with it.
    pub(super) fn next(&mut self, on: Operation, name: &str) -> Option<Trouble> {
        self.asked.entry(on).or_default().push(name.to_ascii_lowercase());
        let plan = self.plans.get_mut(&on)?;
        if plan.skip > 0 {
            plan.skip -= 1;
            return None;
        }
        plan.times = plan.times.checked_sub(1)?;
        Some(plan.trouble.clone())
    }

    pub(super) fn asked(&self, on: Operation) -> &[String] {
        self.asked.get(&on).map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) fn forget(&mut self) {
        self.asked.clear();
        self.plans.clear();
    }
}

impl Trouble {
    /// The answer that it is; `Err` with the link that an answer has.
    pub(super) fn response(self) -> Result<Response, String> {
        Ok(match self {
            Self::Throttled(seconds) => throttled(seconds),
            Self::Denied => {
                let message = "The user, group or application does not have the permission.";
                Refusal::forbidden("ForbiddenByPolicy", message).into_response()
            }
            Self::Answer(status, body) => {
                let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
                (status, body).into_response()
            }
            Self::Link(link) => return Err(link),
        })
    }
}
