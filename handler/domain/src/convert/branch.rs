//! `with case(check, True):` -> `if check:`, and `merge(a, b)` -> the first of them that is something.

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::{Expr, ExprCall, Stmt, StmtWith};
use ruff_text_size::{Ranged as _, TextRange, TextSize};

use super::flow::Flow;
use super::pass::{Pass, argument, is_atom};
use super::source::span;
use super::walk::inside;
use crate::diagnostic::rules;

/// Converts the branches in the body of `flow`.
pub(super) fn convert(pass: &mut Pass<'_>, flow: &Flow<'_>) {
    let facts = pass.facts;
    let within = |range: TextRange| flow.body().contains_range(range);
    let (places, mut set) = (Places::of(pass, flow), BTreeSet::new());
    for (stmt, _) in facts.nodes.statements.iter().filter(|it| within(it.0.range())) {
        let Stmt::With(with) = stmt else { continue };
        let [item] = with.items.as_slice() else { continue };
        let Expr::Call(call) = &item.context_expr else { continue };
        if is(pass, call, "case") && item.optional_vars.is_none() && condition(pass, with, call) {
            pass.done(rules::PREFECT_1_BRANCH, *stmt, "`case` is `if`");
            unset(pass, with, &places, &mut set);
        }
    }
    for it in inside(&facts.nodes.calls, flow.body())
        .filter(|it| is(pass, it.node, "merge"))
        .collect::<Vec<_>>()
    {
        merge(pass, it.node);
    }
}

fn is(pass: &Pass<'_>, call: &ExprCall, name: &str) -> bool {
    let origin = pass.origin(&call.func);
    origin.rsplit('.').next() == Some(name)
        && (origin == format!("prefect.{name}") || origin.starts_with("prefect.tasks.control_flow"))
}

/// Writes the `if`; false where the call is not understood.
fn condition(pass: &mut Pass<'_>, with: &StmtWith, call: &ExprCall) -> bool {
    let source = pass.facts.source;
    let (Some(task), Some(value)) = (argument(call, "task", 0), argument(call, "value", 1)) else {
        return false;
    };
    let (Some(end), true) = (source.after_colon(call.end().to_usize()), task.end() < value.start())
    else {
        return false;
    };
    let (task_span, value_span) = (span(task), span(value));
    let (open, close) = if is_atom(task) { ("", "") } else { ("(", ")") };
    let start = with.start().to_usize();
    if let Expr::BooleanLiteral(it) = value {
        let not = if it.value { "" } else { "not " };
        pass.edits.replace(start..task_span.start, format!("if {not}{open}"));
        pass.edits.replace(task_span.end..end, format!("{close}:"));
        return true;
    }
    let (bracket, after) = if is_atom(value) { ("", "") } else { ("(", ")") };
    pass.edits.replace(start..task_span.start, format!("if {open}"));
    pass.edits.replace(task_span.end..value_span.start, format!("{close} == {bracket}"));
    pass.edits.replace(value_span.end..end, format!("{after}:"));
    true
}

/// Where the names of a flow are read and first bound.
#[derive(Debug, Default)]
struct Places<'a> {
    reads: BTreeMap<&'a str, Vec<TextRange>>,
    bound: BTreeMap<&'a str, TextSize>,
    merges: Vec<TextRange>,
}

impl<'a> Places<'a> {
    fn of(pass: &Pass<'a>, flow: &Flow<'_>) -> Self {
        let (mut out, nodes) = (Self::default(), &pass.facts.nodes);
        for it in inside(&nodes.reads, flow.body()) {
            out.reads.entry(it.node.id.as_str()).or_default().push(it.node.range());
        }
        for it in inside(&nodes.writes, flow.body()) {
            out.bound.entry(it.node.id.as_str()).or_insert(it.node.start());
        }
        let calls = inside(&nodes.calls, flow.body()).filter(|it| is(pass, it.node, "merge"));
        out.merges.extend(calls.map(|it| it.node.range()));
        out
    }

    /// The reads of `name` from `at` on.
    fn behind(&self, name: &str, at: TextSize) -> &[TextRange] {
        let all = self.reads.get(name).map_or(&[][..], Vec::as_slice);
        all.get(all.partition_point(|it| it.start() < at)..).unwrap_or_default()
    }

    /// Whether `read` is an argument of a `merge`.
    fn is_merged(&self, read: TextRange) -> bool {
        let next = self.merges.partition_point(|it| it.start() <= read.start());
        let last = self.merges.get(..next).and_then(<[_]>::last);
        last.is_some_and(|it| it.contains_range(read))
    }
}

/// Names that only the branch binds and that are read behind it: without a value first, reading them would fail.
fn unset<'a>(
    pass: &mut Pass<'a>,
    with: &StmtWith,
    places: &Places<'a>,
    set: &mut BTreeSet<&'a str>,
) {
    let nodes = &pass.facts.nodes;
    let written = inside(&nodes.writes, with.range()).map(|it| it.node.id.as_str());
    let first = |it: &&str| places.bound.get(it).is_some_and(|it| *it >= with.start());
    let names: BTreeSet<&str> = written
        .filter(|it| first(it) && !set.contains(it) && !places.behind(it, with.end()).is_empty())
        .collect();
    let start = with.start().to_usize();
    let Some(indent) = pass.facts.source.indent(start) else { return };
    for name in names {
        pass.edits.insert(start, format!("{name} = None\n{indent}"));
        set.insert(name);
        if !places.behind(name, with.end()).iter().all(|it| places.is_merged(*it)) {
            let message =
                format!("what uses `{name}` was skipped with its branch, now it gets None");
            pass.look(rules::PREFECT_1_SKIP, with, message, "move it into the `if`");
        }
    }
}

fn merge(pass: &mut Pass<'_>, call: &ExprCall) {
    let args = &call.arguments;
    let simple = args.args.iter().all(|it| !it.is_starred_expr() && !it.is_named_expr())
        && args.keywords.is_empty();
    let (Some(first), Some(last), true) = (args.args.first(), args.args.last(), simple) else {
        return;
    };
    let (whole, one) = (span(call), args.args.len() == 1);
    pass.edits.replace(whole.start..span(first).start, "next((it for it in (");
    let comma = if one { "," } else { "" };
    pass.edits.replace(span(last).end..whole.end, format!("{comma}) if it is not None), None)"));
    pass.done(rules::PREFECT_1_BRANCH, call, "`merge` is the first that is not None");
}
