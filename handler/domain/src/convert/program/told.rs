//! What is said about one deployment of a Python file.

use super::super::finding::Finding;
use super::{Declared, entry};
use crate::diagnostic::rules;
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
pub(super) fn lost(it: &Declared, why: &str) -> Finding {
    let message = format!("`{}` cannot be an entry of prefect.yaml: {why}", key(it));
    let hint = match &it.captured.flow {
        flow if flow.file.is_none() => {
            "its flow is not in the bundle: put the file of the flow into it, or leave the deployment where it is"
        }
        flow if flow.name.is_some() => {
            "give the name in the decorator, `@flow(name=\"…\")`: an entry only names a function"
        }
        _ => "leave it where it is, or change in its file what an entry reads differently",
    };
    let found = Finding::left(rules::CONVERTS_DIFFERENTLY, it.was.at.clone(), message);
    found.hint(hint).replacement(super::super::yaml::deployments(&[entry::of(it)]))
}

/// Words of Prefect 2 that a prefect.yaml does not have, each with what replaces it.
fn without_equivalent(it: &Declared) -> Vec<Finding> {
    let say = |what: &str, hint: &str| {
        let message = format!("{what} of `{}` has no equivalent in prefect.yaml", key(it));
        Finding::look(rules::NO_EQUIVALENT, it.was.at.clone(), message).hint(hint)
    };
    let mut out = Vec::new();
    if it.captured.api == Api::Legacy
        && let Some(block) = &it.captured.storage
    {
        let hint =
            "workers get the staged copy of the bundle, or what a `pull` step of the entry gets";
        out.push(say(&format!("the storage {}", named(block)), hint));
    }
    if let Some(block) = &it.captured.infrastructure {
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
