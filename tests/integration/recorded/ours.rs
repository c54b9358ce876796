//! What `render` reads.

use std::collections::BTreeMap;

use anyhow::Context as _;
use serde_json::Value;
use world::oracle::Case;
use world::product;

use super::bodies::plain;

/// The fields of each deployment that `render` reads in the case's file, by `flow/name`; no nulls.
///
/// # Errors
/// When it reads none, with what it says.
pub(super) fn rendered(
    case: &Case,
    version: &str,
) -> anyhow::Result<BTreeMap<String, BTreeMap<String, Value>>> {
    let project = case.project();
    let project = project.to_str().context("not UTF-8")?;
    let mut arguments =
        vec!["render", project, "--prefect", version, "-o", "json", "--now", &case.now];
    arguments.extend(["--bundle-name", &case.bundle_name]);
    let given: Vec<String> =
        case.env.iter().map(|(name, value)| format!("{name}={value}")).collect();
    arguments.extend(given.iter().flat_map(|it| ["--env", it]));
    let output = product::run(&arguments, &[])?;
    let document: Value = serde_json::from_slice(&output.stdout)
        .with_context(|| String::from_utf8_lossy(&output.stderr).into_owned())?;
    let read = document.get("deployments").and_then(Value::as_array).context("no deployments")?;
    let read =
        read.iter().filter(|it| it.pointer("/source/file") == Some(&case.file.clone().into()));
    let found: BTreeMap<_, _> = read.map(one).collect::<anyhow::Result<_>>()?;
    let said = document.get("diagnostics").map(ToString::to_string).unwrap_or_default();
    anyhow::ensure!(!found.is_empty(), "render reads nothing: {said}");
    Ok(found)
}

fn one(it: &Value) -> anyhow::Result<(String, BTreeMap<String, Value>)> {
    let text = |at| it.pointer(at).and_then(Value::as_str).context("no name");
    let key = format!("{}/{}", text("/flow/name")?, text("/fields/name")?);
    let fields = it.get("fields").and_then(Value::as_object).context("no fields")?;
    let fields = fields.iter().map(|(name, value)| (name.clone(), plain(name, value)));
    Ok((key, fields.filter(|(_, it)| !it.is_null()).collect()))
}
