//! One step of a plan: what it does, why, and what is sent.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{Limits, mask};
use crate::desired::Field;

/// What a step does to its object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// `+`
    Create,
    /// `~`
    Update,
    /// `-`
    Delete,
    /// `=`
    Keep,
    /// `!`: nothing of the plan is carried out.
    Refuse,
    /// `!`: a guard keeps the object; the rest of the plan is carried out.
    #[serde(rename = "refuse")]
    Spare,
    /// `x`: the server cannot have it; to programs it is one that stays as it is, with the reason.
    #[serde(rename = "keep")]
    Skip,
}

/// What a step does to one schedule of its deployment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScheduleChange {
    /// What happens.
    pub action: Action,
    /// Its slug, or on a server without slugs its content: `cron "0 6 * * *"`.
    pub name: String,
    /// The fields that change; all that a new one has.
    pub changes: Vec<Change>,
}

/// One field that changes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Named as the API names it.
    pub field: String,
    /// The live value.
    pub have: Value,
    /// The value after the step.
    pub want: Value,
}

impl Change {
    /// From `have` to `want`, without what of `have` may be a secret.
    pub(super) fn shown(field: &str, have: &Value, want: Value) -> Self {
        Self { field: field.to_owned(), have: mask::shown(have, &want), want }
    }
}

/// The request that carries a step out.
#[derive(Debug, Clone, PartialEq)]
pub enum Call {
    /// Nothing is sent.
    None,
    /// `POST /work_pools/`.
    CreatePool {
        /// With name, type and template.
        body: Map<String, Value>,
    },
    /// `PATCH /work_pools/{name}`.
    UpdatePool {
        /// What changes.
        body: Map<String, Value>,
    },
    /// `POST /work_pools/{pool}/queues`.
    CreateQueue {
        /// Its pool; `None`: that of the agents of Prefect 2, by `POST /work_queues/`, which makes that pool, too.
        pool: Option<String>,
        /// With its name.
        body: Map<String, Value>,
    },
    /// `PATCH /work_pools/{pool}/queues/{queue}`.
    UpdateQueue {
        /// Its pool.
        pool: String,
        /// Its name.
        queue: String,
        /// What changes.
        body: Map<String, Value>,
    },
    /// `POST /block_documents/` of type `azure-blob-storage-credentials`.
    CreateCredentials,
    /// `POST /block_documents/` of type `azure`, with the same way to the account as the credentials.
    CreateStorage {
        /// What it reads: the code container.
        container: String,
    },
    /// `POST /block_documents/` without a name.
    CreateInline {
        /// Block type slug.
        r#type: String,
        /// Its fields.
        data: Map<String, Value>,
    },
    /// `POST /flows/`, then `POST /deployments/` with its id.
    CreateDeployment {
        /// The flow's name.
        flow: String,
        /// Without `flow_id`.
        body: Map<String, Value>,
    },
    /// `POST /deployments/` to one that exists, for a server that cannot `PATCH` what changes.
    ReplaceDeployment {
        /// The deployment.
        id: String,
        /// The whole record, with `flow_id`.
        body: Map<String, Value>,
        /// What this drops of schedules, to be put back.
        replaces: Option<Vec<Limits>>,
    },
    /// `DELETE` of schedules, then one `PATCH /deployments/{id}`.
    UpdateDeployment {
        /// The deployment.
        id: String,
        /// What changes.
        body: Map<String, Value>,
        /// Schedules to delete first.
        delete_schedules: Vec<String>,
        /// It replaces the list of schedules, and drops this of it, to be put back.
        replaces: Option<Vec<Limits>>,
    },
    /// `PATCH {"paused": true}` where `pause` says so, then, once what is due has begun, `DELETE /deployments/{id}`.
    RetireDeployment {
        /// The deployment.
        id: String,
        /// It is not paused yet.
        pause: bool,
    },
    /// `POST /automations/`.
    CreateAutomation {
        /// `flow/name` of the deployment that it runs, which may be made by an earlier step.
        deployment: String,
        /// Without the deployment's id: see [`addressed`](super::addressed).
        body: Map<String, Value>,
    },
    /// `PUT /automations/{id}`.
    UpdateAutomation {
        /// The automation.
        id: String,
        /// The whole record, without its owner.
        body: Map<String, Value>,
    },
    /// `PATCH /automations/{id}` with `{"enabled": false}`.
    DisableAutomation {
        /// The automation.
        id: String,
    },
    /// `DELETE /automations/{id}`.
    DeleteAutomation {
        /// The automation.
        id: String,
    },
}

/// One step; its JSON form is part of the contract of `plan`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// What happens.
    pub action: Action,
    /// `deployment`, `automation`, `work-pool`, `work-queue` or `block`.
    pub kind: &'static str,
    /// `flow/name` for a deployment, `pool/queue` for a queue.
    pub name: String,
    /// Sorted as the fields of the create body.
    pub changes: Vec<Change>,
    /// What happens to each schedule; empty unless `changes` has `schedules`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub schedules: Vec<ScheduleChange>,
    /// Why, where it is not plain.
    pub reason: Option<String>,
    /// What else comes of it: upcoming runs that are made anew, a start that it waits for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub consequences: Vec<String>,
    /// What is sent.
    #[serde(skip)]
    pub call: Call,
    /// It removes what no file declares any more: after everything else, and only if that ended well.
    #[serde(skip)]
    pub retires: bool,
    /// The id of the live object, where there is one.
    #[serde(skip)]
    pub live: Option<String>,
}

impl Step {
    /// A step without changes, reason or call.
    pub fn new(action: Action, kind: &'static str, name: impl Into<String>) -> Self {
        let name = name.into();
        Self {
            action,
            kind,
            name,
            changes: Vec::new(),
            schedules: Vec::new(),
            reason: None,
            consequences: Vec::new(),
            call: Call::None,
            retires: false,
            live: None,
        }
    }

    /// The live deployment that the step writes: all its upcoming runs are deleted by that.
    pub fn rewrites(&self) -> Option<&str> {
        match &self.call {
            Call::UpdateDeployment { id, .. }
            | Call::ReplaceDeployment { id, .. }
            | Call::RetireDeployment { id, .. } => Some(id),
            _ => None,
        }
    }

    /// Whether the deployment goes to another work pool or work queue.
    pub fn moves(&self) -> bool {
        let places = [Field::WorkPool.name(), Field::WorkQueue.name()];
        self.kind == "deployment" && self.changes.iter().any(|it| places.contains(&&*it.field))
    }

    /// Whether it deletes a schedule by itself: with that a server deletes late runs, too, that keeps them with other writes.
    pub fn deletes_a_schedule(&self) -> bool {
        matches!(&self.call, Call::UpdateDeployment { delete_schedules, .. } if !delete_schedules.is_empty())
    }

    pub(crate) fn because(self, reason: impl Into<String>) -> Self {
        Self { reason: Some(reason.into()), ..self }
    }
}
