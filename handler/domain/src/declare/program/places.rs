//! Where the arguments of a call stand that registers a deployment.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use ruff_python_ast::visitor::{Visitor, walk_expr};
use ruff_python_ast::{Arguments, Expr, ExprCall, ExprDict, Keyword};
use ruff_text_size::Ranged;
use serde_json::Value;

use crate::declare::Context;
use crate::python::{self, File};
use crate::yaml::{Entry, Kind, Mark, Node};

/// The arguments that are looked at, as `deploy`, `build_from_flow` and the like name them.
const NAMES: [&str; 7] =
    ["cron", "interval", "rrule", "schedule", "schedules", "parameters", "triggers"];

/// Those that stand for the one timing of a schedule.
const TIMINGS: [&str; 3] = ["cron", "interval", "rrule"];

/// The arguments of the calls of one file by where each call starts; the file is looked at when something is to be told.
#[derive(Debug, Default)]
pub(super) struct Places {
    calls: OnceCell<BTreeMap<Mark, Vec<Named>>>,
}

impl Places {
    /// `entry`, which a call at `at` states, as a node whose parts stand where the call has them.
    pub(super) fn located(&self, context: &Context<'_>, at: Mark, entry: &Value) -> Node {
        let calls = self.calls.get_or_init(|| of_file(context));
        let given = calls.get(&at).map_or(&[][..], Vec::as_slice);
        let all = entry.as_object().into_iter().flatten().map(|(key, value)| {
            let shape = match key.as_str() {
                "schedules" => schedules(given),
                key => find(given, key).map(|it| it.shape.clone()),
            };
            let value = placed(value, shape.as_ref(), at);
            Entry { key: key.clone(), at: value.at, value }
        });
        Node { at, kind: Kind::Mapping(all.collect()) }
    }
}

/// An argument or an entry, and where its name stands.
#[derive(Debug, Clone)]
struct Named {
    name: String,
    at: Mark,
    shape: Shape,
}

/// What an expression is made of, as far as it is written out.
#[derive(Debug, Clone)]
struct Shape {
    at: Mark,
    items: Vec<Shape>,
    entries: Vec<Named>,
}

fn find<'a>(given: &'a [Named], name: &str) -> Option<&'a Named> {
    given.iter().find(|it| it.name == name)
}

/// The list of schedules that the arguments stand for.
fn schedules(given: &[Named]) -> Option<Shape> {
    if let Some(all) = find(given, "schedules") {
        return Some(all.shape.clone());
    }
    let list =
        |items: Vec<Shape>| Some(Shape { at: items.first()?.at, items, entries: Vec::new() });
    let Some(timing) = TIMINGS.iter().find_map(|it| find(given, it)) else {
        return list(vec![find(given, "schedule")?.shape.clone()]);
    };
    let one = |shape: &Shape| Shape {
        at: shape.at,
        items: Vec::new(),
        entries: vec![Named { shape: shape.clone(), ..timing.clone() }],
    };
    let several = &timing.shape.items;
    list(if several.is_empty() {
        vec![one(&timing.shape)]
    } else {
        several.iter().map(one).collect()
    })
}

/// `value` where `shape` has it; all of it at one place where that says no more.
fn placed(value: &Value, shape: Option<&Shape>, default: Mark) -> Node {
    let at = shape.map_or(default, |it| it.at);
    let Some(shape) = shape else { return Node::of_json(at, value) };
    match value {
        Value::Array(items) if items.len() == shape.items.len() => {
            let items =
                items.iter().zip(&shape.items).map(|(it, shape)| placed(it, Some(shape), at));
            Node { at, kind: Kind::Sequence(items.collect()) }
        }
        Value::Object(map) => {
            let entries = map.iter().map(|(key, value)| {
                let named = find(&shape.entries, key);
                let value = placed(value, named.map(|it| &it.shape), at);
                Entry { key: key.clone(), at: named.map_or(at, |it| it.at), value }
            });
            Node { at, kind: Kind::Mapping(entries.collect()) }
        }
        _ => Node::of_json(at, value),
    }
}

fn of_file(context: &Context<'_>) -> BTreeMap<Mark, Vec<Named>> {
    let Some(file) = python::read(context.tree, context.file, &mut Vec::new()) else {
        return BTreeMap::new();
    };
    let mut calls = Calls { file: &file, found: BTreeMap::new() };
    calls.visit_body(&file.body);
    calls.found
}

struct Calls<'a> {
    file: &'a File<'a>,
    found: BTreeMap<Mark, Vec<Named>>,
}

impl<'a> Visitor<'a> for Calls<'_> {
    fn visit_expr(&mut self, expr: &'a Expr) {
        if let Expr::Call(call) = expr {
            let named = self.keywords(&call.arguments, |it| NAMES.contains(&it));
            if !named.is_empty() {
                self.found.entry(self.mark(call)).or_default().extend(named);
            }
        }
        walk_expr(self, expr);
    }
}

impl Calls<'_> {
    fn mark(&self, node: &impl Ranged) -> Mark {
        let at = self.file.at(node);
        Mark { line: at.line, column: at.column }
    }

    fn keywords(&self, arguments: &Arguments, wanted: impl Fn(&str) -> bool) -> Vec<Named> {
        let name = |it: &Keyword| it.arg.as_ref().map(|it| it.as_str().to_owned());
        let named = arguments.keywords.iter().filter_map(|it| Some((name(it)?, it)));
        let named = named.filter(|(name, _)| wanted(name));
        named.map(|(name, it)| self.named(name, it, &it.value)).collect()
    }

    fn named(&self, name: String, place: &impl Ranged, value: &Expr) -> Named {
        Named { name, at: self.mark(place), shape: self.shape(value) }
    }

    fn shape(&self, expr: &Expr) -> Shape {
        let (items, entries) = match expr {
            Expr::List(it) => (it.elts.iter().map(|it| self.shape(it)).collect(), Vec::new()),
            Expr::Tuple(it) => (it.elts.iter().map(|it| self.shape(it)).collect(), Vec::new()),
            Expr::Dict(it) => (Vec::new(), self.entries(it)),
            Expr::Call(it) => (Vec::new(), self.arguments(it)),
            _ => (Vec::new(), Vec::new()),
        };
        Shape { at: self.mark(expr), items, entries: flat(entries) }
    }

    fn entries(&self, dict: &ExprDict) -> Vec<Named> {
        let text = |it: &Expr| Some(it.as_string_literal_expr()?.value.to_str().to_owned());
        let pairs = dict.items.iter().filter_map(|it| Some((it.key.as_ref()?, &it.value)));
        pairs.filter_map(|(key, it)| Some(self.named(text(key)?, key, it))).collect()
    }

    /// What `CronSchedule("…", timezone="…")` is made with: the first without a name is its timing.
    fn arguments(&self, call: &ExprCall) -> Vec<Named> {
        let mut all = self.keywords(&call.arguments, |_| true);
        if let Some(first) = call.arguments.args.first() {
            all.extend(TIMINGS.map(|it| self.named(it.to_owned(), first, first)));
        }
        all
    }
}

/// `DeploymentScheduleCreate(schedule=CronSchedule(…), active=True)` is one schedule.
fn flat(mut entries: Vec<Named>) -> Vec<Named> {
    if let Some(inner) = find(&entries, "schedule").map(|it| it.shape.entries.clone()) {
        entries.extend(inner);
    }
    entries
}
