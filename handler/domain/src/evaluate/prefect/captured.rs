//! What a declaration file registers, as plain values.

use serde_json::{Map, Value};

use crate::desired::BlockRef;
use crate::diagnostic::Position;
use crate::python::EvaluatedFlow;

/// Which of Prefect's ways to register it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Api {
    /// `Deployment` of Prefect 2: storage and infrastructure are blocks, agents run it.
    Legacy,
    /// `deploy` and what is like it: a work pool runs it.
    Deployed,
    /// `serve`: the process of the file itself would run it.
    Served,
}

/// The flow of a deployment.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct CapturedFlow {
    /// Its file in the bundle; `None` when it is not in it.
    pub(crate) file: Option<String>,
    /// The qualified name of its function.
    pub(crate) function: String,
    /// Its name, version and description, where the file states them: else those of the function.
    pub(crate) name: Option<String>,
    pub(crate) version: Option<String>,
    pub(crate) description: Option<String>,
    /// What evaluation tells of it.
    pub(crate) known: EvaluatedFlow,
    /// As Prefect would register it.
    pub(crate) entrypoint: String,
}

/// A block that a deployment uses.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum BlockUse {
    /// A saved one.
    Saved(BlockRef),
    /// One that is written in the file: its type slug and fields.
    Inline(String, Map<String, Value>),
}

/// A deployment that the file registers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Captured {
    /// Where it is declared.
    pub(crate) at: Position,
    /// What declares it: `Deployment.build_from_flow`, `flow.deploy`.
    pub(crate) via: &'static str,
    pub(crate) api: Api,
    pub(crate) flow: CapturedFlow,
    pub(crate) name: String,
    /// The fields of the create body that the file states, by their names there.
    pub(crate) fields: Map<String, Value>,
    /// In the vocabulary of `schedules` in a prefect.yaml; `None`: not stated.
    pub(crate) schedules: Option<Vec<Value>>,
    /// In the vocabulary of `triggers` in a prefect.yaml.
    pub(crate) triggers: Vec<Value>,
    pub(crate) storage: Option<BlockUse>,
    pub(crate) infrastructure: Option<BlockUse>,
    /// The pull steps of a storage that the worker pulls from.
    pub(crate) pull: Option<Vec<Value>>,
    /// The folder, from the bundle's root, that the file works in.
    pub(crate) folder: String,
    /// Whether the file states the parameters of the flow itself, by `parameter_schema`.
    pub(crate) own_schema: bool,
    /// An image that Prefect's own tool would build.
    pub(crate) builds: bool,
}
