//! `schema FILE.py[:FUNCTION]`: the flows of a file.

use std::path::{Path, PathBuf};

use domain::python::{self, FlowFacts};
use serde_json::{Map, Value, json};

use super::args::{Output, SchemaArgs};
use super::failure::Usage;
use super::output::Files;
use super::path::canonical;
use super::{Exit, output};
use crate::config::Limits;
use crate::load;

pub(super) async fn run(args: &SchemaArgs) -> anyhow::Result<Exit> {
    let dialect = args.prefect;
    let (file, function) = target(args)?;
    let root = match &args.root {
        Some(root) => canonical(root, "folder", "--root is the folder that imports start from")?,
        None => root_of(&file),
    };
    let path = file.strip_prefix(&root).ok().ok_or_else(|| Usage {
        message: format!("`{}` is not below --root `{}`", file.display(), root.display()),
        hint: "give a folder above it".to_owned(),
    })?;
    let path = path.to_string_lossy().replace('\\', "/");
    let tree = load::folder(&root, &Limits::default()).await?.tree;
    let (flows, found) = match function {
        Some(function) => {
            let (flow, found) = python::flow(&tree, &path, function, dialect);
            (flow.into_iter().collect(), found)
        }
        None => python::flows(&tree, &path, dialect),
    };
    let list: Vec<Value> = flows.iter().map(|it| one(it, &path)).collect();
    if args.common.output == Output::Json {
        output::json(Map::from_iter([("flows".to_owned(), list.into())]), &found)?;
    } else {
        output::diagnostics(&found, &Files::in_folder(&tree, &root), args.common.output);
        for it in &list {
            output::line(&serde_json::to_string_pretty(it)?)?;
        }
    }
    Ok(output::exit(&found))
}

/// The file, without links, and the function.
fn target(args: &SchemaArgs) -> Result<(PathBuf, Option<&str>), Usage> {
    let (given, function) = match args.target.rsplit_once(".py:") {
        Some((stem, function)) => (format!("{stem}.py"), Some(function)),
        None => (args.target.clone(), None),
    };
    let usage = |message: String| Usage { message, hint: HINT.to_owned() };
    let file = canonical(Path::new(&given), "file", HINT)?;
    if file.is_dir() {
        return Err(usage(format!("`{given}` is a folder")));
    }
    if file.extension().is_none_or(|it| it != "py") {
        return Err(usage(format!("`{given}` is no Python file")));
    }
    Ok((file, function))
}

const HINT: &str =
    "give FILE.py or FILE.py:FUNCTION; `render FOLDER` shows the deployments of a whole project";

/// The nearest folder upwards with a prefect.yaml, where entrypoints start; else the file's.
fn root_of(file: &Path) -> PathBuf {
    let project = file.ancestors().skip(1).find(|it| it.join("prefect.yaml").is_file());
    project.or_else(|| file.parent()).unwrap_or(file).to_owned()
}

fn one(it: &FlowFacts, path: &str) -> Value {
    json!({
        "function": it.function,
        "name": it.name,
        "description": it.description,
        "version": it.version,
        "entrypoint": format!("{path}:{}", it.function),
        "parameter_openapi_schema": it.parameter_openapi_schema,
    })
}
