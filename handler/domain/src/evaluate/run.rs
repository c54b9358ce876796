//! One declaration file, from its first statement to its end.

use std::collections::BTreeSet;
use std::rc::Rc;

use ruff_python_ast::Stmt;
use ruff_text_size::{Ranged as _, TextSize};

use super::machine::{Machine, Stop};
use super::prefect::Captured;
use super::sources::Sources;
use super::unknown::Spot;
use super::{Settings, branch, exception, loading};
use crate::diagnostic::{Diagnostic, Position, Severity, rules};
use crate::python::removed_imports;
use crate::stack;
use crate::tree::Tree;

/// What each of `files` declares, and what is wrong with it.
pub(crate) fn declared(
    tree: &Tree,
    files: &[&str],
    settings: &Settings,
) -> Vec<(Vec<Captured>, Vec<Diagnostic>)> {
    let run = || {
        let sources = Sources::new(tree);
        files.iter().map(|it| run(&sources, it, settings)).collect()
    };
    let failed = |it: &&str| {
        let message = "this file could not be evaluated";
        let hint = "declare the deployments more plainly, or in a prefect.yaml";
        let error = Diagnostic::error(rules::TOO_COMPLEX, Position::start_of(*it), message);
        (Vec::new(), vec![error.hint(hint)])
    };
    stack::roomy(run).unwrap_or_else(|| files.iter().map(failed).collect())
}

/// What the file `path` declares, as far as it was captured, and what is wrong with it.
fn run<'a>(
    sources: &'a Sources<'a>,
    path: &str,
    settings: &'a Settings,
) -> (Vec<Captured>, Vec<Diagnostic>) {
    let Some(main) = sources.find(path) else { return (Vec::new(), Vec::new()) };
    let mut machine = Machine::new(sources, settings, main);
    machine.found.extend(sources.faults(main).iter().cloned());
    let start = Spot { file: main, offset: TextSize::new(0) };
    machine.at = start;
    if let Err(stop) = loading::main(&mut machine) {
        stopped(&mut machine, stop);
    }
    removed(&mut machine);
    unset(&mut machine);
    uncalled(&mut machine);
    (machine.declared, machine.found)
}

/// Imports that no Prefect has any more; in a file with a flow of its own they are found with what a worker needs.
fn removed(machine: &mut Machine<'_>) {
    let sources = machine.sources;
    let path = sources.path(machine.main);
    if machine.declared.iter().any(|it| it.flow.file.as_deref() == Some(path)) {
        return;
    }
    machine.found.extend(sources.file(machine.main).into_iter().flat_map(removed_imports));
}

/// Environment variables for which `None` was taken, each once in a file.
fn unset(machine: &mut Machine<'_>) {
    let mut told = BTreeSet::new();
    for (name, at) in std::mem::take(&mut machine.unset) {
        if !told.insert((at.file, Rc::clone(&name))) {
            continue;
        }
        let message = format!("the environment variable `{name}` has no value: `None` is taken");
        let hint = format!("supply it with --env {name}=…, add it to SYNC_ENV, or write a default");
        let mut found =
            Diagnostic::warning(rules::ENVIRONMENT_UNSET, machine.sources.position(at), message);
        if at.file != machine.main {
            found.severity = Severity::Info;
        }
        machine.found.push(found.hint(hint));
    }
}

/// Functions of the file that would register something, and that nothing calls.
fn uncalled(machine: &mut Machine<'_>) {
    let sources = machine.sources;
    let Some(file) = sources.file(machine.main) else { return };
    for it in &file.body {
        let Stmt::FunctionDef(it) = it else { continue };
        let at = Spot { file: machine.main, offset: it.name.start() };
        if !machine.ran.contains(&(at.file, at.offset)) && branch::is_registering(&it.body) {
            let message =
                format!("`{}` would register deployments, and is not called here", it.name);
            let hint = "call it below `if __name__ == \"__main__\":`";
            machine.warning(rules::NEVER_CALLED, at, message, hint);
        }
    }
}

/// The file ends before its last statement.
pub(super) fn stopped<'a>(machine: &mut Machine<'a>, stop: Stop<'a>) {
    match stop {
        Stop::TooMuch(at, what) => {
            let hint = "declare the deployments more plainly, or in a prefect.yaml";
            machine.error(
                rules::TOO_COMPLEX,
                at,
                format!("this file cannot be evaluated: {what}"),
                hint,
            );
        }
        Stop::Raise(raised) => {
            let shown = exception::shown(&raised.value);
            if shown != "SystemExit: 0" {
                let message = format!("this file ends with an exception: {shown}");
                machine.error(rules::PYTHON_EXCEPTION, raised.at, message, &raised.hint);
            }
        }
    }
}
