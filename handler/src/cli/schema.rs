//! `schema PATH`: the flows of a file, a folder or an archive.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use domain::python::{FlowFacts, Reading, flows_of};
use domain::tree::Tree;
use serde_json::{Map, Value};

use super::args::{Output, SchemaArgs, Source};
use super::failure::Usage;
use super::output::Files;
use super::path::{any_id, target};
use super::{Exit, output, source};
use crate::config::Config;

pub(super) async fn run(args: &SchemaArgs) -> anyhow::Result<Exit> {
    let (source, function) = parts(&args.input.source);
    let target = target(&source)?;
    let config = source::with_given(Config::offline()?, &source);
    let loaded = source::loaded(&target.root, &config).await?;
    let (mut found, tree) = (loaded.diagnostics.clone(), &loaded.tree);
    let reading = Reading {
        dialect: args.input.prefect,
        bundle_name: config.bundle_name.unwrap_or(any_id(&source)?.name().to_owned()),
        source_roots: config.source_roots,
        environment: config.environment,
    };
    let paths = files(tree, &target.below)?;
    let read = flows_of(tree, &reading, &paths, function.as_deref());
    let read = read.context("no thread can be had to read the files on")?;
    let mut list = Vec::new();
    for (path, (flows, told)) in paths.iter().zip(read) {
        list.extend(flows.into_iter().map(|it| one(it, path)));
        found.extend(told);
    }
    if args.common.output == Output::Json {
        output::json(Map::from_iter([("flows".to_owned(), list.into())]), &found)?;
    } else {
        output::diagnostics(&found, &Files::of(&loaded), args.common.output);
        for it in &list {
            output::line(&serde_json::to_string_pretty(it)?)?;
        }
    }
    Ok(output::exit(&found))
}

/// PATH, and the FUNCTION of `FILE.py:FUNCTION`.
fn parts(source: &Source) -> (Source, Option<String>) {
    let given = source.path.to_string_lossy();
    match given.rsplit_once(".py:") {
        Some((stem, function)) => {
            let path = PathBuf::from(format!("{stem}.py"));
            (Source { path, ..source.clone() }, Some(function.to_owned()))
        }
        None => (source.clone(), None),
    }
}

/// The Python files that are `below`, or in it.
fn files<'a>(tree: &'a Tree, below: &'a str) -> Result<Vec<&'a str>, Usage> {
    if tree.contains(below) {
        return is_python(below).then(|| vec![below]).ok_or_else(|| Usage {
            message: format!("`{below}` is no Python file"),
            hint: HINT.to_owned(),
        });
    }
    let folder = if below.is_empty() { String::new() } else { format!("{below}/") };
    let python = tree.own_paths().filter(|it| is_python(it) && it.starts_with(&folder));
    Ok(python.collect())
}

fn is_python(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|it| it == "py")
}

const HINT: &str =
    "give FILE.py, FILE.py:FUNCTION or a folder; `render` shows the deployments of a prefect.yaml";

/// The schemas of a bundle are large: they are moved, which `json!` would not do.
fn one(it: FlowFacts, path: &str) -> Value {
    let entrypoint = format!("{path}:{}", it.function);
    let members = [
        ("function", it.function.into()),
        ("name", it.name.into()),
        ("description", it.description.into()),
        ("version", it.version.into()),
        ("entrypoint", entrypoint.into()),
        ("parameter_openapi_schema", it.parameter_openapi_schema),
    ];
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
