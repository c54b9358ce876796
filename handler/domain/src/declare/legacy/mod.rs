//! Deployments of Prefect 2: their storage and their infrastructure are blocks, and agents run them.

mod agent;
mod captured;
mod code;
mod fields;
mod manifest;
mod quoted;
mod variables;
mod worker;

pub(super) use self::captured::captured;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::fields::Fields;
use super::{Context, PullMode, template};
use crate::desired::{BlockRef, Field, Inline};
use crate::diagnostic::Diagnostic;
use crate::evaluate::BlockUse;
use crate::yaml::Mark;

/// The block types of Prefect 2 that a server of Prefect 3 may still have, and that are carried over: infrastructure, and
/// storage that its workers cannot load.
pub const CARRIED: [&str; 8] = [
    "azure-container-instance-job",
    "cloud-run-job",
    "docker-container",
    "ecs-task",
    "github",
    "kubernetes-job",
    "process",
    "vertex-ai-custom-training-job",
];

/// What was read of a deployment, before it is known where it will run.
pub(super) struct Case<'a> {
    /// `flow/name`.
    pub(super) key: String,
    pub(super) storage: Option<&'a BlockUse>,
    pub(super) infrastructure: Option<&'a BlockUse>,
    /// The folder of the bundle that its code is in, with a slash at the end; empty for the root.
    pub(super) folder: &'a str,
    /// Where it is declared.
    pub(super) at: Mark,
}

/// How it is registered.
#[derive(Debug, Default)]
pub(super) struct Placed {
    pub(super) registered: BTreeMap<Field, Value>,
    pub(super) inline: Vec<Inline>,
    pub(super) loads: BTreeSet<BlockRef>,
    /// `None`: the pull steps are those of every other deployment.
    pub(super) pull: Option<Vec<Value>>,
    origin: Option<Origin>,
    /// There is storage that `SYNC_PULL=declared` would keep.
    set_aside: bool,
}

impl Placed {
    /// Whether the code that runs is that of the bundle.
    pub(super) fn is_staged(&self) -> bool {
        self.origin == Some(Origin::Folder)
    }

    /// Whether the code that runs is that of the bundle, and would be that of the declared storage with
    /// `SYNC_PULL=declared`.
    pub(super) fn is_set_aside(&self) -> bool {
        self.is_staged() && self.set_aside
    }

    /// Adds the blocks that the worker or the agent resolves when it runs the deployment.
    pub(super) fn named(&self, fields: &Fields, blocks: &mut BTreeSet<BlockRef>) {
        let variables =
            [self.registered.get(&Field::JobVariables), fields.values.get(&Field::JobVariables)];
        let inline = self.inline.iter().flat_map(|it| it.data.values());
        let pull = self.pull.iter().flatten();
        for value in variables.into_iter().flatten().chain(inline).chain(pull) {
            template::blocks(value, blocks);
        }
    }
}

/// Where the code of a deployment lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// In the folder of the file, which Prefect uploads to the storage: we stage it.
    Folder,
    /// In the image, at `path`.
    Image,
    /// Where the storage block has it.
    Storage,
}

/// Places a deployment; what is ours on update is added to `fields`.
pub(super) fn place(
    context: &Context<'_>,
    case: &Case<'_>,
    fields: &mut Fields,
    found: &mut Vec<Diagnostic>,
) -> Placed {
    let origin = origin(context.settings.pull, case, fields);
    let mut out = if context.settings.dialect.is_three() {
        worker::place(context, case, (origin, fields), found)
    } else {
        agent::place(context, case, (origin, fields))
    };
    let saved = [case.storage, case.infrastructure].into_iter().flatten().filter_map(saved);
    out.loads = saved.cloned().collect();
    let replaced = out.pull.is_none();
    out.origin = Some(if replaced { Origin::Folder } else { origin });
    let three = context.settings.dialect.is_three();
    let can_stay = case.storage.is_some_and(|it| !three || code::is_on_three(it));
    out.set_aside = can_stay && context.settings.pull != PullMode::Declared;
    out
}

fn origin(mode: PullMode, case: &Case<'_>, fields: &Fields) -> Origin {
    let at_path = fields.values.get(&Field::Path).is_some_and(Value::is_string);
    match (mode, case.storage) {
        (PullMode::Declared, Some(_)) => Origin::Storage,
        (PullMode::Auto, Some(it)) if is_repository(kind(it)) => Origin::Storage,
        (PullMode::Auto | PullMode::Declared, None) if in_image(case) && at_path => Origin::Image,
        (PullMode::Auto | PullMode::Declared | PullMode::Staged, _) => Origin::Folder,
    }
}

fn in_image(case: &Case<'_>) -> bool {
    case.infrastructure.is_some_and(|it| kind(it) != "process")
}

/// Storage that Prefect only reads, so that the code is not what lies beside the file.
fn is_repository(kind: &str) -> bool {
    ["github", "github-repository", "gitlab-repository", "bitbucket-repository", "git-repository"]
        .contains(&kind)
}

/// The block type slug.
fn kind(block: &BlockUse) -> &str {
    match block {
        BlockUse::Saved(it) => &it.r#type,
        BlockUse::Inline(kind, _) => kind,
    }
}

fn saved(block: &BlockUse) -> Option<&BlockRef> {
    match block {
        BlockUse::Saved(it) => Some(it),
        BlockUse::Inline(..) => None,
    }
}

/// The mapping that `fields` has for the job variables; empty when none.
fn overrides(fields: &Fields) -> Map<String, Value> {
    let value = fields.values.get(&Field::JobVariables);
    value.and_then(Value::as_object).cloned().unwrap_or_default()
}
