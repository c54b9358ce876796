//! The conversion of one file as it goes on: what is known of the file, and what has been decided so far.

use std::collections::BTreeSet;
use std::ops::Range;

use ruff_python_ast::{ArgOrKeyword, Expr, ExprCall, Keyword, Stmt};
use ruff_text_size::Ranged;

use super::edits::{Edits, covers};
use super::finding::Finding;
use super::origins::Origins;
use super::removal::Removed;
use super::source::{Source, span};
use super::value::Constants;
use super::walk::Nodes;
use crate::diagnostic::{Position, Rule};

/// What reading a file gives, before anything is decided.
#[derive(Debug)]
pub(super) struct Facts<'a> {
    /// The file.
    pub(super) source: &'a Source<'a>,
    /// All that is in it.
    pub(super) nodes: Nodes<'a>,
    /// What its names are in Prefect.
    pub(super) origins: Origins<'a>,
    /// Its constants.
    pub(super) constants: Constants<'a>,
}

/// The decisions about a file.
#[derive(Debug)]
pub(super) struct Pass<'a> {
    /// The file.
    pub(super) facts: &'a Facts<'a>,
    /// Changes of its text.
    pub(super) edits: Edits,
    /// Statements that go.
    pub(super) removed: Removed,
    /// What is said about it, and of which bytes.
    pub(super) report: Vec<(Range<usize>, Finding)>,
    /// What stands in the new text as it stood in the old.
    copied: Vec<Range<usize>>,
    /// `(module, name)` that the new text needs.
    pub(super) needs: BTreeSet<(&'static str, &'static str)>,
}

impl<'a> Pass<'a> {
    /// Nothing decided yet.
    pub(super) fn new(facts: &'a Facts<'a>) -> Self {
        let (edits, removed) = (Edits::default(), Removed::default());
        let (report, copied) = (Vec::new(), Vec::new());
        Self { facts, edits, removed, report, copied, needs: BTreeSet::new() }
    }

    /// Where `node` starts.
    pub(super) fn at(&self, node: &impl Ranged) -> Position {
        self.facts.source.at(node)
    }

    /// The text of `node`.
    pub(super) fn text(&self, node: &impl Ranged) -> &'a str {
        self.facts.source.of(node)
    }

    /// The text of `node`, to be put into the new text.
    pub(super) fn copy(&mut self, node: &impl Ranged) -> String {
        self.copied.push(span(node));
        self.text(node).to_owned()
    }

    /// Whether every place of `spans` that has `node` is gone.
    pub(super) fn is_gone(&self, node: &impl Ranged, spans: &[Range<usize>]) -> bool {
        let place = span(node);
        covers(spans, &place)
            && !self.copied.iter().any(|it| it.start <= place.start && place.end <= it.end)
    }

    /// The dotted name of `expr` in Prefect; empty for anything else.
    pub(super) fn origin(&self, expr: &Expr) -> String {
        self.facts.origins.full(expr).unwrap_or_default()
    }

    /// Says `found` of `node`.
    pub(super) fn say(&mut self, node: &impl Ranged, found: Finding) {
        self.report.push((span(node), found));
    }

    /// Says that `node` is converted.
    pub(super) fn done(
        &mut self,
        code: &'static Rule,
        node: &impl Ranged,
        message: impl Into<String>,
    ) {
        self.say(node, Finding::done(code, self.at(node), message));
    }

    /// Says that `node` is converted into something that differs.
    pub(super) fn look(
        &mut self,
        code: &'static Rule,
        node: &impl Ranged,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.say(node, Finding::look(code, self.at(node), message).hint(hint));
    }

    /// Says that `node` stays as it is.
    pub(super) fn left(
        &mut self,
        code: &'static Rule,
        node: &impl Ranged,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.say(node, Finding::left(code, self.at(node), message).hint(hint));
    }

    /// Takes the arguments of `call` out that `goes` names, with their commas.
    pub(super) fn remove_arguments(
        &mut self,
        call: &ExprCall,
        goes: impl Fn(ArgOrKeyword<'_>) -> bool,
    ) {
        let all: Vec<_> = call.arguments.iter_source_order().collect();
        let spans: Vec<Range<usize>> = all.iter().map(span).collect();
        let gone: Vec<bool> = all.iter().map(|it| goes(*it)).collect();
        if !gone.is_empty() && gone.iter().all(|it| *it) {
            let whole = span(&call.arguments);
            self.edits.remove(whole.start + 1..whole.end.saturating_sub(1).max(whole.start + 1));
            return;
        }
        let mut at = 0;
        while let Some(first) = gone.iter().skip(at).position(|it| *it).map(|it| it + at) {
            let next = gone.iter().skip(first).position(|it| !*it).map(|it| it + first);
            let start = |at: usize| spans.get(at).map_or(0, |it| it.start);
            let end = |at: usize| spans.get(at).map_or(0, |it| it.end);
            match next {
                Some(next) => self.edits.remove(start(first)..start(next)),
                None => self.edits.remove(end(first.saturating_sub(1))..end(gone.len() - 1)),
            }
            at = next.unwrap_or(gone.len());
        }
    }

    /// Gives the keyword argument `keyword` the name `name`.
    pub(super) fn rename(&mut self, keyword: &Keyword, name: &str) {
        if let Some(it) = &keyword.arg {
            self.edits.replace(span(it), name);
        }
    }
}

/// The argument `name` of `call`, or the one at `position`.
pub(super) fn argument<'a>(call: &'a ExprCall, name: &str, position: usize) -> Option<&'a Expr> {
    keyword(call, name).map(|it| &it.value).or_else(|| call.arguments.args.get(position))
}

/// The keyword argument `name` of `call`.
pub(super) fn keyword<'a>(call: &'a ExprCall, name: &str) -> Option<&'a Keyword> {
    call.arguments.keywords.iter().find(|it| it.arg.as_ref().is_some_and(|it| it == name))
}

/// Whether `expr` needs no brackets wherever it stands.
pub(super) fn is_atom(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Name(_)
            | Expr::Call(_)
            | Expr::Attribute(_)
            | Expr::Subscript(_)
            | Expr::StringLiteral(_)
            | Expr::NumberLiteral(_)
            | Expr::BooleanLiteral(_)
            | Expr::NoneLiteral(_)
            | Expr::List(_)
            | Expr::Dict(_)
            | Expr::ListComp(_)
    )
}

/// `name = call(…)`: the name, when `stmt` is just that.
pub(super) fn assigned<'a>(stmt: &'a Stmt, call: &ExprCall) -> Option<&'a str> {
    let Stmt::Assign(it) = stmt else { return None };
    let [Expr::Name(name)] = it.targets.as_slice() else { return None };
    (it.value.range() == call.range()).then_some(name.id.as_str())
}
