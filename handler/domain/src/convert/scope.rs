//! Names of a flow's body: those of a `with` are the module's, those of a function are its own.

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::Stmt;
use ruff_text_size::{Ranged as _, TextSize};

use super::flow::Flow;
use super::pass::Pass;
use super::walk::inside;
use crate::diagnostic::rules;

/// Whether the body reads a name of the module before it binds the same name: as a function it could not.
pub(super) fn clashes(pass: &mut Pass<'_>, flow: &Flow<'_>) -> bool {
    let nodes = &pass.facts.nodes;
    let mut bound: BTreeMap<&str, TextSize> = BTreeMap::new();
    for it in inside(&nodes.writes, flow.body()) {
        let end = match it.stmt {
            Stmt::For(it) => it.iter.end(),
            other => other.end(),
        };
        bound.entry(it.node.id.as_str()).or_insert(end);
    }
    let module = module_names(pass);
    let early = inside(&nodes.reads, flow.body()).find(|it| {
        let name = it.node.id.as_str();
        module.contains(name) && bound.get(name).is_some_and(|end| it.node.start() < *end)
    });
    let Some(early) = early else { return false };
    let message =
        format!("`{}` is both what the flow calls and what it calls the result", early.node.id);
    pass.left(
        rules::PREFECT_1_NAME_CLASH,
        early.node,
        message,
        "give the result another name and convert again",
    );
    true
}

fn module_names<'a>(pass: &Pass<'a>) -> BTreeSet<&'a str> {
    let mut out = BTreeSet::new();
    for stmt in &pass.facts.source.file.body {
        match stmt {
            Stmt::FunctionDef(it) => {
                out.insert(it.name.as_str());
            }
            Stmt::ClassDef(it) => {
                out.insert(it.name.as_str());
            }
            Stmt::ImportFrom(it) => {
                out.extend(
                    it.names.iter().map(|it| it.asname.as_ref().unwrap_or(&it.name).as_str()),
                );
            }
            Stmt::Assign(it) => {
                out.extend(it.targets.iter().filter_map(|it| Some(it.as_name_expr()?.id.as_str())));
            }
            _ => {}
        }
    }
    out
}

/// Says which names of the body are read at the top of the file: they are the function's own now.
pub(super) fn leaks(pass: &mut Pass<'_>, flow: &Flow<'_>) {
    let nodes = &pass.facts.nodes;
    let bound: BTreeSet<&str> =
        inside(&nodes.writes, flow.body()).map(|it| it.node.id.as_str()).collect();
    let behind =
        nodes.reads.iter().filter(|it| it.node.start() >= flow.with.end() && !it.in_function);
    let module = module_names(pass);
    let leaked = behind
        .filter(|it| bound.contains(it.node.id.as_str()) && !module.contains(it.node.id.as_str()));
    let later = |it: &&super::walk::Within<'_, _>| {
        let name: &ruff_python_ast::ExprName = it.node;
        // bound again in the meantime, as in the next flow
        !nodes.writes.iter().any(|write| {
            write.node.id == name.id
                && write.node.start() >= flow.with.end()
                && write.node.start() < name.start()
        })
    };
    let first = leaked.filter(later).map(|it| it.node).next();
    if let Some(name) = first {
        let message = format!("`{}` is known in the flow only", name.id);
        pass.left(
            rules::PREFECT_1_NAME_OUTSIDE,
            name,
            message,
            "return it from the flow, or make it before the flow",
        );
    }
}
