//! Files of our own format: unknown keys and wrong types are errors, each at its place.

use serde_json::{Map, Value};

use super::{Context, typed};
use crate::diagnostic::{Diagnostic, Rule, near_miss};
use crate::yaml::{Kind, Mark, Node};

/// How a file is read: by which rule its faults are told.
#[derive(Clone, Copy)]
pub(super) struct Strict<'a, 'b> {
    pub(super) context: &'a Context<'b>,
    pub(super) rule: &'static Rule,
}

impl Strict<'_, '_> {
    pub(super) fn error(&self, at: Mark, message: impl Into<String>) -> Diagnostic {
        self.context.error(self.rule, at, message)
    }

    /// Whether `node` is a mapping; each of its keys that is not `known` is an error.
    pub(super) fn mapping(
        &self,
        (place, node): (&str, &Node),
        known: &[&str],
        found: &mut Vec<Diagnostic>,
    ) -> bool {
        if !matches!(node.kind, Kind::Mapping(_)) {
            found.push(self.wrong(place, node, "a mapping"));
            return false;
        }
        for it in node.entries().iter().filter(|it| !known.contains(&it.key.as_str())) {
            let hint = near_miss(&it.key, known.iter().copied()).map_or_else(
                || format!("it has: {}", known.join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            found.push(self.error(it.at, format!("{place} has no key `{}`", it.key)).hint(hint));
        }
        true
    }

    /// A text that is not empty; null is `None`.
    pub(super) fn text(
        &self,
        (key, node): (&str, &Node),
        found: &mut Vec<Diagnostic>,
    ) -> Option<String> {
        let is_date = matches!(node.kind, Kind::Scalar { date: true, .. });
        match node.as_str().filter(|it| !it.is_empty() && !is_date) {
            Some(text) => Some(text.to_owned()),
            None if node.is_null() => None,
            None => {
                found.push(self.wrong(&format!("`{key}`"), node, "a text"));
                None
            }
        }
    }

    /// True or false; null is `None`.
    pub(super) fn flag(
        &self,
        (key, node): (&str, &Node),
        found: &mut Vec<Diagnostic>,
    ) -> Option<bool> {
        match node.to_json() {
            Value::Null => None,
            Value::Bool(flag) => Some(flag),
            // a variable of the environment is a text
            Value::String(text) if text == "true" || text == "false" => Some(text == "true"),
            _ => {
                found.push(self.wrong(&format!("`{key}`"), node, "true or false"));
                None
            }
        }
    }

    /// A whole number of at least `least`; null is `None`.
    pub(super) fn whole(
        &self,
        (key, node): (&str, &Node),
        least: i64,
        found: &mut Vec<Diagnostic>,
    ) -> Option<i64> {
        let number = typed::whole(node).filter(|it| *it >= least);
        if number.is_none() && !node.is_null() {
            found.push(self.wrong(
                &format!("`{key}`"),
                node,
                &format!("a whole number from {least}"),
            ));
        }
        number
    }

    /// A mapping of anything.
    pub(super) fn object(
        &self,
        (key, node): (&str, &Node),
        found: &mut Vec<Diagnostic>,
    ) -> Option<Map<String, Value>> {
        if let Value::Object(map) = node.to_json() {
            return Some(map);
        }
        found.push(self.wrong(&format!("`{key}`"), node, "a mapping"));
        None
    }

    pub(super) fn wrong(&self, place: &str, node: &Node, want: &str) -> Diagnostic {
        let it = match &node.kind {
            Kind::Scalar { text, value: Value::Number(_) | Value::String(_), .. } => {
                format!("`{text}`")
            }
            _ => node.type_name().to_owned(),
        };
        self.error(node.at, format!("{place} must be {want}, this is {it}"))
    }
}
