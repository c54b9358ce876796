//! What happened to an upload (the receipt), and what a bundle owns (the state).

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::names::{BundleId, Digest};
use crate::plan::Limits;

/// `<receipts>/<bundle>/state.json`: what the bundle owns. A held upload never touches it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// Version of this document: 1.
    pub v: u32,
    /// The bundle.
    pub bundle: BundleId,
    /// The digest that is applied or being applied.
    pub digest: Digest,
    /// Where its archive is: of an installation with another container for them it is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub container: Option<String>,
    /// All of it was applied: what differs later has drifted, unless something else is wanted by now.
    #[serde(default)]
    pub done: bool,
    /// [What was wanted](crate::desired::Desired::fingerprint); `None`: an older release wrote this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted: Option<String>,
    /// By `flow/name`.
    pub deployments: BTreeMap<String, Owned>,
    /// The names of the work pools that it declares.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pools: Vec<String>,
    /// The deployments that were paused or deleted of late, since no file declares them any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pruned: Vec<Pruned>,
}

/// A deployment that was paused or deleted since no file declares it any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pruned {
    /// `flow/name`.
    pub name: String,
    /// When.
    pub at: Timestamp,
}

/// For how long what was pruned counts with what is to be pruned: many uploads at once each take a few.
const RECENT: SignedDuration = SignedDuration::from_hours(1);

impl State {
    /// What was pruned of late, as of `now`.
    pub fn recent(&self, now: Timestamp) -> impl Iterator<Item = &Pruned> {
        self.pruned.iter().filter(move |it| now.duration_since(it.at) < RECENT)
    }

    /// Whether all of `digest` was applied when it asked for what has the fingerprint `wanted`.
    pub fn has_applied(&self, digest: &Digest, wanted: &str) -> bool {
        let is_wanted = self.wanted.as_ref().is_none_or(|it| it == wanted);
        self.done && self.digest == *digest && is_wanted
    }
}

/// A deployment that we applied.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Owned {
    /// Its id; empty between the intent and the first write.
    pub id: String,
    /// The fields that we stated, named as the API names them.
    pub fields: Vec<String>,
    /// The tags that we stated, without the marker.
    pub tags: Vec<String>,
    /// Slugs (3.2 and later) or timings of the schedules that we stated, in the file's order; a timing with the `id` of the live
    /// one, where that was read.
    pub schedules: Vec<Value>,
    /// Those of `schedules`, without ids, that we stated as not active: they wake up once that is stated no more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paused_schedules: Vec<Value>,
    /// The slugs of those of `schedules` that we stated parameters of: they have none once none are stated.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters_of_schedules: Vec<Value>,
    /// What a write of its schedules drops, until it is put back: a pass that was cut off leaves it to the next one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lost_limits: Vec<Limits>,
    /// The names of the automations that we stated.
    #[serde(default)]
    pub automations: Vec<String>,
    /// By name: the ids of those that were made; of two with one name none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub automation_ids: BTreeMap<String, String>,
    /// We paused it since no file declared it any more: it wakes up once one does.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retired: bool,
    /// No file declares it any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub undeclared: bool,
    /// It is paused, by whomever, and no file declares it: nothing more is to become of it by `SYNC_PRUNE=pause`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub idle: bool,
    /// The names of the automations that we switched off with it: they wake up with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub switched_off: Vec<String>,
}

/// How one step ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase", tag = "result", content = "why")]
pub enum Outcome {
    /// Carried out.
    Done,
    /// Nothing to do.
    Unchanged,
    /// Not carried out: another step or a guard stopped it.
    Skipped,
    /// Not carried out: it would have lost a run.
    Deferred(String),
    /// The call failed.
    Failed(String),
}

/// `<receipts>/<bundle>/receipts/<digest>.json` and `latest.json`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Receipt {
    /// `prefect-azure-sync/v1`.
    #[serde(rename = "apiVersion")]
    pub api_version: &'static str,
    /// The bundle.
    pub bundle: BundleId,
    /// The `ETag` of the upload that this is about: CI waits for its own.
    pub etag: Option<String>,
    /// `None` when the archive could not be read.
    pub digest: Option<Digest>,
    /// `applied`, `unchanged`, `partial` (the rest is in error), `held`, `refused`, `deferred`, `drifted`, `suspended`,
    /// `stale` (something newer was asked for), `failed`.
    pub outcome: &'static str,
    /// What declarations of this digest take for the time: that of its first receipt, RFC 3339. `None` without a digest.
    pub clock: Option<String>,
    /// RFC 3339.
    pub finished: String,
    /// Id of the event or request.
    pub request: String,
    /// All that was found.
    pub diagnostics: Value,
    /// The steps, each with its outcome.
    pub steps: Value,
    /// The digest is not that of the upload, but one that somebody went back to.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub pinned: bool,
    /// The flow runs that a redeploy started.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub runs: Vec<Run>,
}

/// A flow run that was started on request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Run {
    /// `flow/name`.
    pub deployment: String,
    /// Its id.
    pub id: String,
    /// Its page, where the API's address tells it.
    pub url: Option<String>,
}

/// The `apiVersion` of every document.
pub const API_VERSION: &str = "prefect-azure-sync/v1";

impl Owned {
    /// Adds what `old` has: between the intent and the answer both may be live.
    pub fn join(&mut self, old: &Self) {
        fn add<T: PartialEq + Clone>(into: &mut Vec<T>, from: &[T]) {
            let new: Vec<T> = from.iter().filter(|it| !into.contains(it)).cloned().collect();
            into.extend(new);
        }
        add(&mut self.fields, &old.fields);
        add(&mut self.tags, &old.tags);
        add(&mut self.schedules, &old.schedules);
        add(&mut self.paused_schedules, &old.paused_schedules);
        add(&mut self.parameters_of_schedules, &old.parameters_of_schedules);
        add(&mut self.lost_limits, &old.lost_limits);
        add(&mut self.automations, &old.automations);
        add(&mut self.switched_off, &old.switched_off);
        for (name, id) in &old.automation_ids {
            self.automation_ids.entry(name.clone()).or_insert_with(|| id.clone());
        }
        self.retired |= old.retired;
    }
}
