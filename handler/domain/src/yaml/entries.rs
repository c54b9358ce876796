//! The entries of one mapping while it is read: repeated keys and merge keys.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{Entry, Kind, Mark, Node};

/// What is odd about an entry.
pub(super) enum Oddity {
    /// The key was there already; with its new place.
    Twice(String, Mark),
    /// A mapping or a list as a key, which `PyYAML` refuses.
    NoKey(Node),
    /// The value of a `<<` that is neither a mapping nor a list of mappings.
    NotMergeable(Node),
}

/// The entries so far, in order.
#[derive(Default)]
pub(super) struct Entries {
    list: Vec<Entry>,
    index: HashMap<String, usize>,
    merged: Vec<Node>,
    key: Option<Node>,
}

impl Entries {
    /// Takes the next node, a key or its value in turn.
    pub(super) fn add(&mut self, node: Node) -> Option<Oddity> {
        let Some(key) = self.key.take() else {
            if !matches!(node.kind, Kind::Scalar { .. }) {
                return Some(Oddity::NoKey(node));
            }
            self.key = Some(node);
            return None;
        };
        if is_merge(&key) {
            if !is_mergeable(&node) {
                return Some(Oddity::NotMergeable(node));
            }
            self.merged.push(node);
            return None;
        }
        let (key, at) = (key_text(&key), key.at);
        if let Some(entry) = self.index.get(&key).and_then(|it| self.list.get_mut(*it)) {
            (entry.at, entry.value) = (at, node);
            return Some(Oddity::Twice(key, at));
        }
        self.index.insert(key.clone(), self.list.len());
        self.list.push(Entry { key, at, value: node });
        None
    }

    /// All entries: after its own those of `<<: *base` or `<<: [*a, *b]`, where the first source that has a key wins. Of two
    /// `<<` the last wins, as in `PyYAML`.
    pub(super) fn finish(self) -> Vec<Entry> {
        let Self { mut list, index, merged, .. } = self;
        let mut taken: HashSet<String> = index.into_keys().collect();
        let sources = merged.iter().rev().flat_map(|it| match &it.kind {
            Kind::Sequence(items) => items.as_slice(),
            Kind::Mapping(_) | Kind::Scalar { .. } => std::slice::from_ref(it),
        });
        for entry in sources.flat_map(Node::entries) {
            if taken.insert(entry.key.clone()) {
                list.push(entry.clone());
            }
        }
        list
    }
}

/// A plain `<<`; a quoted one is a key like any other.
fn is_merge(key: &Node) -> bool {
    matches!(&key.kind, Kind::Scalar { text, quoted: false, .. } if text == "<<")
}

fn is_mergeable(node: &Node) -> bool {
    let is_mapping = |it: &Node| matches!(it.kind, Kind::Mapping(_));
    match &node.kind {
        Kind::Sequence(items) => items.iter().all(is_mapping),
        _ => is_mapping(node),
    }
}

/// A key as JSON has it: `on` is `true` and `017` is `15`, as for any plain scalar.
fn key_text(node: &Node) -> String {
    match &node.kind {
        Kind::Scalar { value: Value::String(_), text, .. } => text.clone(),
        Kind::Scalar { value, .. } => value.to_string(),
        Kind::Sequence(_) | Kind::Mapping(_) => node.to_json().to_string(),
    }
}
