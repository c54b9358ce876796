//! Imports: what is gone goes, and what the new text needs comes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use ruff_python_ast::{Alias, Identifier, Stmt, StmtImport, StmtImportFrom};
use ruff_text_size::Ranged as _;

use super::origins::is_old;
use super::pass::Pass;
use super::source::span;
use crate::diagnostic::rules;

/// Modules whose names are elsewhere.
const MOVED: [(&str, &str); 3] = [
    ("prefect.utilities.logging", "prefect.logging"),
    ("prefect.utilities.tasks", "prefect"),
    ("prefect.core", "prefect"),
];

/// Rewrites the imports; `spans` are rewritten already.
pub(super) fn rewrite(pass: &mut Pass<'_>, spans: &[Range<usize>]) {
    let facts = pass.facts;
    let mut needs = pass.needs.clone();
    needs.retain(|it| !is_there(pass, it));
    let mut anchor = None;
    let mut first = true;
    for (stmt, _) in &facts.nodes.statements {
        let at_top = facts.nodes.is_top(stmt);
        match stmt {
            Stmt::ImportFrom(it) if it.level == 0 && module(it).starts_with("prefect") => {
                let mut new: Vec<&str> = Vec::new();
                if at_top && first && module(it) == "prefect" {
                    new = needs.iter().filter(|it| it.0 == "prefect").map(|it| it.1).collect();
                    first = false;
                }
                from(pass, stmt, it, spans, &new);
                needs.retain(|it| !new.contains(&it.1) || it.0 != "prefect");
                anchor = if at_top { Some(*stmt) } else { anchor };
            }
            Stmt::Import(it)
                if it.names.iter().any(|it| it.name.as_str().starts_with("prefect")) =>
            {
                import(pass, stmt, it, spans);
                anchor = if at_top { Some(*stmt) } else { anchor };
            }
            _ => {}
        }
    }
    add(pass, &needs, anchor);
}

fn module(it: &StmtImportFrom) -> &str {
    it.module.as_ref().map_or("", Identifier::as_str)
}

/// Whether the file imports `name` of `module` at its top as it is.
fn is_there(pass: &Pass<'_>, (from, name): &(&str, &str)) -> bool {
    let plain = |it: &Alias| it.name.as_str() == *name && it.asname.is_none();
    pass.facts.source.file.body.iter().any(|it| match it {
        Stmt::ImportFrom(it) => it.level == 0 && module(it) == *from && it.names.iter().any(plain),
        Stmt::Import(it) => from.is_empty() && it.names.iter().any(plain),
        _ => false,
    })
}

/// Whether every place that reads `name` is rewritten; `None` when there is none.
fn unread(pass: &Pass<'_>, name: &str, spans: &[Range<usize>]) -> Option<bool> {
    let mut reads = pass.facts.nodes.reads.iter().filter(|it| it.node.id == name).peekable();
    reads.peek()?;
    Some(reads.all(|it| pass.is_gone(it.node, spans)))
}

fn from(
    pass: &mut Pass<'_>,
    stmt: &Stmt,
    it: &StmtImportFrom,
    spans: &[Range<usize>],
    new: &[&str],
) {
    let goes = |alias: &Alias| {
        let bound = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
        let full = format!("{}.{}", module(it), alias.name.as_str());
        let read = unread(pass, bound, spans);
        let moved = MOVED.iter().any(|moved| moved.0 == module(it)) && read != Some(true);
        if is_old(&full) {
            read.unwrap_or(true) && !moved
        } else {
            read == Some(true) && goes_unread(&full)
        }
    };
    let gone: Vec<bool> = it.names.iter().map(goes).collect();
    if gone.iter().all(|it| *it) && new.is_empty() {
        pass.removed.add(stmt);
        return;
    }
    let stays = gone.iter().any(|it| !*it);
    if let Some(moved) = MOVED.iter().find(|moved| moved.0 == module(it)).filter(|_| stays)
        && let Some(name) = &it.module
    {
        pass.edits.replace(span(name), moved.1);
        pass.done(rules::PREFECT_1_IMPORT, name, format!("`{}` is `{}`", moved.0, moved.1));
    }
    names(pass, &it.names, &gone, new);
}

/// Names that Prefect 3 has too, for something else.
fn goes_unread(full: &str) -> bool {
    matches!(
        full,
        "prefect.Flow"
            | "prefect.context"
            | "prefect.utilities"
            | "prefect.engine"
            | "prefect.schedules"
            | "prefect.schedules.Schedule"
    )
}

/// Takes the names out that `gone` marks, and puts `new` in the place of the first one, or at the end.
fn names(pass: &mut Pass<'_>, all: &[Alias], gone: &[bool], new: &[&str]) {
    let start = |at: usize| all.get(at).map_or(0, |it| span(it).start);
    let end = |at: usize| all.get(at).map_or(0, |it| span(it).end);
    let mut new = (!new.is_empty()).then(|| new.join(", "));
    let mut at = 0;
    while let Some(first) = gone.iter().skip(at).position(|it| *it).map(|it| it + at) {
        let next = gone.iter().skip(first).position(|it| !*it).map(|it| it + first);
        match (new.take(), next) {
            (Some(new), _) => {
                pass.edits.replace(start(first)..end(next.unwrap_or(gone.len()) - 1), new);
            }
            (None, Some(next)) => pass.edits.remove(start(first)..start(next)),
            (None, None) => pass.edits.remove(end(first.saturating_sub(1))..end(gone.len() - 1)),
        }
        at = next.unwrap_or(gone.len());
    }
    if let Some(new) = new {
        pass.edits.insert(end(all.len() - 1), format!(", {new}"));
    }
}

fn import(pass: &mut Pass<'_>, stmt: &Stmt, it: &StmtImport, spans: &[Range<usize>]) {
    let [one] = it.names.as_slice() else { return };
    let bound = one.asname.as_ref().map_or("prefect", |it| it.as_str());
    let read = unread(pass, bound, spans);
    if read == Some(true) || (read.is_none() && is_old(one.name.as_str())) {
        pass.removed.add(stmt);
    }
}

/// Writes `needs` as import statements behind `anchor`, or at the top of the file.
fn add(pass: &mut Pass<'_>, needs: &BTreeSet<(&'static str, &'static str)>, anchor: Option<&Stmt>) {
    let mut modules: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for it in needs {
        modules.entry(it.0).or_default().push(it.1);
    }
    let line = |(from, names): (&&str, &Vec<&str>)| match *from {
        "" => format!("import {}\n", names.join("\nimport ")),
        from => format!("from {from} import {}\n", names.join(", ")),
    };
    let mut text: String = modules.iter().map(line).collect();
    if text.is_empty() {
        return;
    }
    let source = pass.facts.source;
    let at = anchor.map_or_else(|| top(pass), |it| source.next_line(it.end().to_usize()));
    if at > 0 && source.text.as_bytes().get(at - 1) != Some(&b'\n') {
        text = format!("\n{text}");
    }
    pass.edits.insert(at, text);
}

/// Behind the docstring and what is imported of `__future__`.
fn top(pass: &Pass<'_>) -> usize {
    let source = pass.facts.source;
    let is_first = |it: &&Stmt| match it {
        Stmt::ImportFrom(it) => module(it) == "__future__",
        Stmt::Expr(it) => it.value.is_string_literal_expr(),
        _ => false,
    };
    let last = source.file.body.iter().take_while(is_first).last();
    match (last, source.file.body.first()) {
        (Some(it), _) => source.next_line(it.end().to_usize()),
        (None, Some(it)) => source.line_start(it.start().to_usize()),
        (None, None) => 0,
    }
}
