//! What is said about one deployment of a Python file.

use std::collections::BTreeSet;

use super::super::finding::Finding;
use super::probe::Why;
use super::{Declared, entry};
use crate::desired::Deployment;
use crate::diagnostic::{Diagnostic, Position, rules};
use crate::evaluate::{Api, BlockUse};

/// It is an entry now, and what of it an entry cannot say.
pub(super) fn converted(it: &Declared, differences: &[&str]) -> Vec<Finding> {
    let (at, key) = (&it.was.at, key(it));
    let message = format!("`{key}` is an entry of prefect.yaml");
    let mut out = vec![Finding::done(rules::CONVERTED_DEPLOYMENT, at.clone(), message)];
    if !differences.is_empty() {
        let message =
            format!("`{key}` is not quite the same as an entry: {}", differences.join(", "));
        let hint = "`render` before and after shows both; of a flow, an entry always has the schema, and the description and version where it states none";
        let found = Finding::look(rules::CONVERTS_DIFFERENTLY, at.clone(), message);
        out.push(found.hint(hint));
    }
    out.extend(without_equivalent(it));
    out
}

/// No entry registers it.
pub(super) fn lost(it: &Declared, why: &Why) -> Finding {
    let message = format!("`{}` cannot be an entry of prefect.yaml: {}", key(it), why.message);
    let found = Finding::left(rules::CONVERTS_DIFFERENTLY, it.was.at.clone(), message);
    found.hint(why.hint).replacement(super::super::yaml::deployments(&[entry::of(it)]))
}

/// A file of `prefect deployment build` stays.
pub(super) fn built(it: &Deployment) -> Finding {
    let message = format!("`{}/{}` stays in this file, which is not converted", it.flow, it.name);
    let hint =
        "it is registered from there; for an entry of prefect.yaml see what `render` shows of it";
    Finding::left(rules::CONVERTS_DIFFERENTLY, it.at.clone(), message).hint(hint)
}

/// What is lost of the infrastructure of those that are entries now, said once for each place.
pub(super) fn carried(kept: &[Declared], found: Vec<Diagnostic>) -> Vec<Finding> {
    let places: BTreeSet<&Position> = kept.iter().map(|it| &it.was.at).collect();
    let here = found.into_iter().filter(|it| places.contains(&it.at));
    here.map(|diagnostic| Finding { diagnostic, replacement: None }).collect()
}

/// Words of Prefect 2 that a prefect.yaml does not have, each with what replaces it.
fn without_equivalent(it: &Declared) -> Vec<Finding> {
    let say = |what: &str, hint: &str| {
        let message = format!("{what} of `{}` has no equivalent in prefect.yaml", key(it));
        Finding::look(rules::NO_EQUIVALENT, it.was.at.clone(), message).hint(hint)
    };
    let mut out = Vec::new();
    if it.captured.api == Api::Legacy
        && it.captured.pull.is_none()
        && let Some(block) = &it.captured.storage
    {
        let hint =
            "workers get the staged copy of the bundle, or what a `pull` step of the entry gets";
        out.push(say(&format!("the storage {}", named(block)), hint));
    }
    // the fields of one that the file writes out are job variables now
    if let Some(block @ BlockUse::Saved(_)) = &it.captured.infrastructure {
        let hint =
            "write what it sets as `work_pool: {job_variables: …}`, or set it in the work pool";
        out.push(say(&format!("the infrastructure {}", named(block)), hint));
    }
    if it.captured.builds {
        let hint = "build and push the image in your pipeline; the entry names it in `job_variables: {image: …}`";
        out.push(say("the image that is built", hint));
    }
    out
}

/// `azure/flows`, or the type of a block that the file writes out.
fn named(block: &BlockUse) -> String {
    match block {
        BlockUse::Saved(it) => format!("`{}/{}`", it.r#type, it.name),
        BlockUse::Inline(slug, _) => format!("`{slug}`"),
    }
}

fn key(it: &Declared) -> String {
    format!("{}/{}", it.was.flow, it.was.name)
}
