//! What entries of a `prefect.yaml` register, read back.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::{manifest, yaml};
use super::{Declared, braces, entry};
use crate::declare::{self, Settings};
use crate::desired::Deployment;
use crate::diagnostic::{Diagnostic, Severity, rules};
use crate::tree::{Entry, Tree};

/// The deployments of the bundle's `prefect.yaml` files.
pub(super) struct Probe {
    /// By flow and name.
    all: BTreeMap<(String, String), Deployment>,
    errors: Vec<Diagnostic>,
}

impl Probe {
    /// What `tree` registers with `entries` in the `prefect.yaml` at its root.
    pub(super) fn of(tree: &Tree, settings: &Settings, entries: &[Value]) -> Self {
        let added = manifest::with(tree, entries, &mut Vec::new()).and_then(|it| it.after);
        let text = added.unwrap_or_else(|| yaml::deployments(entries));
        let mut probe = tree.clone();
        let size = u64::try_from(text.len()).unwrap_or(u64::MAX);
        let file = Entry { size, sha256: String::new(), executable: false, modified: None };
        probe.insert(manifest::PATH, file, Some(text.into_bytes()));
        let read = declare::desired(&probe, settings);
        let listed = read.deployments.into_iter().filter(|it| it.via == "prefect.yaml");
        let faults = read.diagnostics.into_iter().filter(|it| it.severity == Severity::Error);
        Self {
            all: listed.map(|it| ((it.flow.clone(), it.name.clone()), it)).collect(),
            errors: faults.filter(|it| it.at.file == manifest::PATH).collect(),
        }
    }

    /// The one with the flow and name of `was`.
    pub(super) fn get(&self, was: &Deployment) -> Option<&Deployment> {
        self.all.get(&(was.flow.clone(), was.name.clone()))
    }

    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = &Deployment> {
        self.all.values()
    }
}

/// Why no entry registers a deployment, and what to do.
pub(super) struct Why {
    pub(super) message: String,
    pub(super) hint: &'static str,
}

/// Why no entry registers `it`.
pub(super) fn why(tree: &Tree, settings: &Settings, it: &Declared) -> Why {
    let leave = "leave it where it is, or change in its file what an entry reads differently";
    if let Some((key, text)) = braces::replaced(it, settings.dialect) {
        let message = format!(
            "`{{{{ {text} }}}}` in its {key} stays as it is here, and prefect.yaml replaces it"
        );
        return Why { message, hint: leave };
    }
    let probe = Probe::of(tree, settings, &[entry::of(it)]);
    let other = probe.all().find(|other| other.name == it.was.name);
    let (message, hint) = match (probe.errors.first(), other) {
        (Some(error), _) if error.code == rules::WORK_POOL.code => {
            let hint = "name one by `work_pool_name`, or for all by SYNC_WORK_POOL";
            (error.message.clone(), hint)
        }
        (Some(error), _) => (error.message.clone(), leave),
        (None, Some(it)) => {
            let hint = "give the name in the decorator, `@flow(name=\"…\")`: an entry only names a function";
            (format!("its flow would be called `{}`", it.flow), hint)
        }
        (None, None) => ("it cannot be read back".to_owned(), leave),
    };
    let outside = "its flow is not in the bundle: put the file of the flow into it, or leave the deployment where it is";
    Why { message, hint: if it.captured.flow.file.is_none() { outside } else { hint } }
}
