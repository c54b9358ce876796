//! What the deployment files in Python register, as workers are told it.

use std::collections::{BTreeMap, BTreeSet};

use super::Declared;
use crate::declare::{self, Settings};
use crate::desired::{Deployment, Desired, Field};
use crate::diagnostic::{Diagnostic, Position, Severity, rules};
use crate::dialect::Dialect;
use crate::evaluate::{Api, Captured};
use crate::tree::Tree;

/// All that declaration files say that are not in YAML, and what is said about it.
#[derive(Default)]
pub(super) struct Found {
    /// Of the files without an error, in the order of the files.
    pub(super) all: Vec<Declared>,
    /// What is not the same for workers as it was for agents, by place.
    pub(super) carried: Vec<Diagnostic>,
    /// What `prefect deployment build` wrote.
    pub(super) built: Vec<Deployment>,
}

type Key = (Position, String, String);

/// What is said where words of agents are translated.
const CARRIED: [&str; 5] = [
    rules::CUSTOMIZATIONS.code,
    rules::IMAGE_OF_PREFECT_2.code,
    rules::INFRASTRUCTURE_BLOCK.code,
    rules::INFRASTRUCTURE_FIELD.code,
    rules::JOB_VARIABLE.code,
];

/// Reads them as they are registered, and what agents run a second time, for workers.
pub(super) fn read(tree: &Tree, settings: &Settings) -> Found {
    let (desired, captured) = declare::read(tree, settings);
    let for_workers = (!settings.dialect.is_three()).then(|| {
        let three = Settings { dialect: Dialect::cloud(), ..settings.clone() };
        declare::read(tree, &three).0
    });
    let said = &for_workers.as_ref().unwrap_or(&desired).diagnostics;
    let carried = said.iter().filter(|it| CARRIED.contains(&it.code)).cloned().collect();
    let mut out = Found { carried, ..Found::default() };
    let twins: BTreeMap<Key, &Deployment> =
        for_workers.iter().flat_map(|it| &it.deployments).map(|it| (of(it), it)).collect();
    // one call in a loop may register a name for many flows
    let key = |it: &Captured| (it.at.clone(), it.name.clone(), it.flow.entrypoint.clone());
    let captured: BTreeMap<Key, Captured> = captured.into_iter().map(|it| (key(&it), it)).collect();
    for was in sound(desired) {
        match captured.get(&of(&was)) {
            Some(captured) => out.all.push(declared(settings, was, captured.clone(), &twins)),
            None if was.agent => out.built.push(was),
            None => {}
        }
    }
    out.all.sort_by(|a, b| a.was.at.cmp(&b.was.at));
    out
}

fn of(it: &Deployment) -> Key {
    (it.at.clone(), it.name.clone(), it.entrypoint.clone())
}

/// Those of files without an error.
fn sound(desired: Desired) -> impl Iterator<Item = Deployment> {
    let errors = desired.diagnostics.iter().filter(|it| it.severity == Severity::Error);
    let faulty: BTreeSet<String> = errors.map(|it| it.at.file.clone()).collect();
    desired.deployments.into_iter().filter(move |it| !faulty.contains(it.at.file.as_str()))
}

/// An entry is for workers: of a deployment of agents it states what Prefect 3 makes of it.
fn declared(
    settings: &Settings,
    mut was: Deployment,
    mut captured: Captured,
    twins: &BTreeMap<Key, &Deployment>,
) -> Declared {
    if let Some(twin) = twins.get(&of(&was)).filter(|it| it.agent) {
        was.registered.clone_from(&twin.registered);
        was.pull.clone_from(&twin.pull);
        let pool = twin.fields.get(&Field::WorkPool).cloned();
        was.fields.extend(pool.map(|it| (Field::WorkPool, it)));
    }
    if captured.api == Api::Legacy && !declare::is_generated(&was.pull, &settings.code) {
        captured.pull = Some(was.pull.clone());
        was.fields.insert(Field::PullSteps, was.pull.clone().into());
    }
    Declared { was, captured, stated: BTreeSet::new() }
}
