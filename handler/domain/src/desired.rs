//! What the declarations of a bundle ask for, as values that the plan compares with the server.

mod block;
mod fingerprint;
mod pool;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

pub use block::{BlockRef, Inline};
pub use pool::{Pool, Queue, TEMPLATE};

use crate::diagnostic::{Diagnostic, Position};

/// A field of a deployment, named as the API's create body names it, in that body's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// `version`
    Version,
    /// `description`
    Description,
    /// `tags`
    Tags,
    /// `paused`
    Paused,
    /// `parameters`
    Parameters,
    /// `parameter_openapi_schema`
    ParameterSchema,
    /// `enforce_parameter_schema`
    EnforceParameterSchema,
    /// `job_variables`
    JobVariables,
    /// `pull_steps`
    PullSteps,
    /// `path`
    Path,
    /// `entrypoint`
    Entrypoint,
    /// `work_pool_name`
    WorkPool,
    /// `work_queue_name`
    WorkQueue,
    /// `concurrency_limit`
    ConcurrencyLimit,
    /// `concurrency_options`
    ConcurrencyOptions,
    /// `storage_document_id`
    Storage,
    /// `infrastructure_document_id`
    Infrastructure,
}

impl Field {
    /// Every field, in order.
    pub const ALL: [Self; 17] = [
        Self::Version,
        Self::Description,
        Self::Tags,
        Self::Paused,
        Self::Parameters,
        Self::ParameterSchema,
        Self::EnforceParameterSchema,
        Self::JobVariables,
        Self::PullSteps,
        Self::Path,
        Self::Entrypoint,
        Self::WorkPool,
        Self::WorkQueue,
        Self::ConcurrencyLimit,
        Self::ConcurrencyOptions,
        Self::Storage,
        Self::Infrastructure,
    ];

    /// The name in the create body.
    pub fn name(self) -> &'static str {
        match self {
            Self::Version => "version",
            Self::Description => "description",
            Self::Tags => "tags",
            Self::Paused => "paused",
            Self::Parameters => "parameters",
            Self::ParameterSchema => "parameter_openapi_schema",
            Self::EnforceParameterSchema => "enforce_parameter_schema",
            Self::JobVariables => "job_variables",
            Self::PullSteps => "pull_steps",
            Self::Path => "path",
            Self::Entrypoint => "entrypoint",
            Self::WorkPool => "work_pool_name",
            Self::WorkQueue => "work_queue_name",
            Self::ConcurrencyLimit => "concurrency_limit",
            Self::ConcurrencyOptions => "concurrency_options",
            Self::Storage => "storage_document_id",
            Self::Infrastructure => "infrastructure_document_id",
        }
    }

    /// The field of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// When a schedule runs.
#[derive(Debug, Clone, PartialEq)]
pub enum Timing {
    /// `cron`
    Cron {
        /// As written.
        cron: String,
        /// IANA name.
        timezone: Option<String>,
        /// Day of month OR day of week; default true.
        day_or: bool,
    },
    /// `interval`
    Interval {
        /// Seconds, above 0.
        seconds: f64,
        /// ISO date-time as the API takes it; `None` is "not declared" and is never compared.
        anchor: Option<String>,
        /// IANA name.
        timezone: Option<String>,
    },
    /// `rrule`
    RRule {
        /// As written.
        rrule: String,
        /// IANA name.
        timezone: Option<String>,
    },
}

impl Timing {
    /// The `schedule` object of the API; what is not declared is left out, except `day_or`.
    pub fn to_json(&self) -> Value {
        let mut out = Map::new();
        let timezone = match self {
            Self::Cron { cron, timezone, day_or } => {
                out.insert("cron".into(), cron.clone().into());
                out.insert("day_or".into(), (*day_or).into());
                timezone
            }
            Self::Interval { seconds, anchor, timezone } => {
                out.insert("interval".into(), (*seconds).into());
                if let Some(anchor) = anchor {
                    out.insert("anchor_date".into(), anchor.clone().into());
                }
                timezone
            }
            Self::RRule { rrule, timezone } => {
                out.insert("rrule".into(), rrule.clone().into());
                timezone
            }
        };
        if let Some(timezone) = timezone {
            out.insert("timezone".into(), timezone.clone().into());
        }
        out.into()
    }
}

/// A schedule that a declaration asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    /// When it runs.
    pub timing: Timing,
    /// `None`: not declared, so the live one's is kept unless we stated it before, and a new one is active.
    pub active: Option<bool>,
    /// `None`: not declared; the plan gives it a stable one.
    pub slug: Option<String>,
    /// Parameters of these runs (3.2 and later); empty when none.
    pub parameters: Map<String, Value>,
    /// Where it is declared.
    pub at: Position,
}

/// An automation that a declaration asks for; its one action is to run the deployment.
#[derive(Debug, Clone, PartialEq)]
pub struct Automation {
    /// Where it is declared.
    pub at: Position,
    /// Its name; with the deployment it is the key.
    pub name: String,
    /// Empty when none.
    pub description: String,
    /// `None`: not declared, so the live one's is kept, and a new one is enabled.
    pub enabled: Option<bool>,
    /// With all defaults filled in.
    pub trigger: Value,
    /// Of the run; `None`: the deployment's own.
    pub parameters: Option<Map<String, Value>>,
    /// Of the run; `None`: the deployment's own.
    pub job_variables: Option<Map<String, Value>>,
    /// Seconds from the event to the run.
    pub schedule_after: f64,
}

/// A deployment that a bundle declares.
#[derive(Debug, Clone, PartialEq)]
pub struct Deployment {
    /// Where it is declared.
    pub at: Position,
    /// What declares it: `prefect.yaml`, `flow.deploy`, …
    pub via: &'static str,
    /// The flow's name.
    pub flow: String,
    /// The deployment's name; with the flow's it is the key.
    pub name: String,
    /// `path/in/the/bundle.py:function`, as registered.
    pub entrypoint: String,
    /// Where the flow's function is defined; `None`: not in the bundle.
    pub function: Option<Position>,
    /// What the author declares, with the defaults of Prefect's own tool, named as the create body names them (the
    /// `fields` of `render`); without our tag, path and generated pull steps.
    pub fields: BTreeMap<Field, Value>,
    /// The fields of `fields` that the author (or the flow's source) states: ours on update. Others are only set on create.
    pub declared: BTreeSet<Field>,
    /// The fields that are registered with another value than `fields` has. Those that hold the id of a block have its
    /// [address](BlockRef::address) instead, or that of `inline`, as the id is only known to the server.
    pub registered: BTreeMap<Field, Value>,
    /// Where a job variable is stated, by its name; one that is not here is stated at `at`.
    pub variables_at: BTreeMap<String, Position>,
    /// The blocks that are written in the declaration itself, as an agent of Prefect 2 takes them.
    pub inline: Vec<Inline>,
    /// Whether it was written for agents of Prefect 2.
    pub agent: bool,
    /// The saved blocks that the declaration takes for its storage and its infrastructure.
    pub loads: BTreeSet<BlockRef>,
    /// `None`: the key is absent, so live schedules are theirs. `Some([])`: none wanted.
    pub schedules: Option<Vec<Schedule>>,
    /// The pull steps to register; a generated or replaced pull differs from `fields[PullSteps]`.
    pub pull: Vec<Value>,
    /// The automations that run it, declared by `triggers`.
    pub automations: Vec<Automation>,
}

/// All that a bundle asks for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Desired {
    /// Sorted by flow and name.
    pub deployments: Vec<Deployment>,
    /// The work pools of `work-pools/`, sorted by name.
    pub pools: Vec<Pool>,
    /// The blocks that `pull` and `job_variables` name, by deployment key `flow/name`.
    pub blocks: BTreeMap<String, BTreeSet<BlockRef>>,
    /// All that was found; any error holds the bundle.
    pub diagnostics: Vec<Diagnostic>,
}
