//! What `render` reads.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context as _;
use serde_json::Value;
use world::oracle::Case;
use world::product;

use super::alike::settled;
use super::bodies::Fields;

/// A deployment that `render` lists.
#[derive(Debug)]
pub(super) struct Read {
    /// Its `fields`, settled.
    pub(super) fields: Fields,
    /// The blocks that it names, as `type/name`.
    pub(super) blocks: BTreeSet<String>,
}

/// Each deployment that `render` reads in the case's file, by `flow/name`.
///
/// # Errors
/// When it cannot be run.
pub(super) fn rendered(case: &Case, version: &str) -> anyhow::Result<BTreeMap<String, Read>> {
    let project = case.project();
    let project = project.to_str().context("not UTF-8")?;
    let name = &case.bundle_name;
    let mut arguments = vec!["render", project, "--prefect", version, "-o", "json"];
    arguments.extend(["--now", &case.now, "--bundle", name, "--bundle-name", name]);
    let given: Vec<String> = case.env.iter().map(|(name, it)| format!("{name}={it}")).collect();
    arguments.extend(given.iter().flat_map(|it| ["--env", it]));
    let output = product::run(&arguments, &[])?;
    let document: Value = serde_json::from_slice(&output.stdout)
        .with_context(|| String::from_utf8_lossy(&output.stderr).into_owned())?;
    let all = document.get("deployments").and_then(Value::as_array).context("no deployments")?;
    let file = Value::from(case.file.as_str());
    let read = all.iter().filter(|it| it.pointer("/source/file") == Some(&file));
    read.map(one).collect()
}

fn one(it: &Value) -> anyhow::Result<(String, Read)> {
    let text = |at| it.pointer(at).and_then(Value::as_str).context("no name");
    let key = format!("{}/{}", text("/flow/name")?, text("/fields/name")?);
    let fields = it.get("fields").and_then(Value::as_object).context("no fields")?;
    let fields = settled(&fields.clone().into_iter().collect());
    let blocks = it.get("blocks").and_then(Value::as_array).into_iter().flatten();
    let name =
        |it: &Value| Some(format!("{}/{}", it.get("type")?.as_str()?, it.get("name")?.as_str()?));
    Ok((key, Read { fields, blocks: blocks.filter_map(name).collect() }))
}
