//! `schema FILE.py[:FUNCTION]`: the flows of a file.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use domain::dialect::Dialect;
use domain::python::{self, FlowFacts};
use serde_json::{Map, Value, json};

use super::args::{Output, SchemaArgs};
use super::{Exit, output};
use crate::config::Limits;
use crate::load;

pub(super) async fn run(args: &SchemaArgs) -> anyhow::Result<Exit> {
    let dialect = Dialect::new(&args.prefect)?;
    let (file, function) = match args.target.rsplit_once(".py:") {
        Some((stem, function)) => (PathBuf::from(format!("{stem}.py")), Some(function)),
        None => (PathBuf::from(&args.target), None),
    };
    let file = file.canonicalize().with_context(|| format!("{}", file.display()))?;
    let root =
        args.root.clone().or_else(|| file.parent().map(Path::to_path_buf)).unwrap_or_default();
    let root = root.canonicalize().with_context(|| format!("{}", root.display()))?;
    let path = file
        .strip_prefix(&root)
        .with_context(|| format!("{} is not below --root", file.display()))?;
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
        output::diagnostics(&found, &tree, args.common.output);
        for it in &list {
            output::line(&serde_json::to_string_pretty(it)?)?;
        }
    }
    Ok(output::exit(&found))
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
