//! The attributes of an object, in the order in which they were set.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::value::Value;

/// Values by name.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields<'a> {
    at: BTreeMap<Rc<str>, usize>,
    entries: Vec<Option<(Rc<str>, Value<'a>)>>,
    /// The names that were given or assigned, not filled in: what a model calls set.
    stated: BTreeSet<Rc<str>>,
}

impl<'a> Fields<'a> {
    /// The value of `name`.
    pub(super) fn get(&self, name: &str) -> Option<&Value<'a>> {
        let at = self.at.get(name)?;
        self.entries.get(*at)?.as_ref().map(|(_, it)| it)
    }

    /// Whether `name` is set.
    pub(super) fn contains_key(&self, name: &str) -> bool {
        self.at.contains_key(name)
    }

    /// Sets `name`; one that is set keeps its place.
    pub(super) fn insert(&mut self, name: Rc<str>, value: Value<'a>) -> Option<Value<'a>> {
        if let Some(Some((_, it))) = self.at.get(&name).and_then(|at| self.entries.get_mut(*at)) {
            Some(std::mem::replace(it, value))
        } else {
            self.at.insert(Rc::clone(&name), self.entries.len());
            self.entries.push(Some((name, value)));
            None
        }
    }

    /// Notes that `name` was given or assigned.
    pub(super) fn state(&mut self, name: &Rc<str>) {
        self.stated.insert(Rc::clone(name));
    }

    /// Whether `name` was given or assigned.
    pub(super) fn is_stated(&self, name: &str) -> bool {
        self.stated.contains(name)
    }

    /// The names that were given or assigned.
    pub(super) fn stated(&self) -> &BTreeSet<Rc<str>> {
        &self.stated
    }

    /// Takes `name` out.
    pub(super) fn remove(&mut self, name: &str) -> Option<Value<'a>> {
        let at = self.at.remove(name)?;
        self.entries.get_mut(at)?.take().map(|(_, it)| it)
    }

    /// Names and values, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Rc<str>, &Value<'a>)> {
        self.entries.iter().flatten().map(|(name, it)| (name, it))
    }

    /// The names, in order.
    pub(super) fn keys(&self) -> impl Iterator<Item = &Rc<str>> {
        self.iter().map(|(name, _)| name)
    }
}

impl<'a> Extend<(Rc<str>, Value<'a>)> for Fields<'a> {
    fn extend<T: IntoIterator<Item = (Rc<str>, Value<'a>)>>(&mut self, more: T) {
        for (name, value) in more {
            self.insert(name, value);
        }
    }
}

impl<'a> FromIterator<(Rc<str>, Value<'a>)> for Fields<'a> {
    fn from_iter<T: IntoIterator<Item = (Rc<str>, Value<'a>)>>(items: T) -> Self {
        let mut out = Self::default();
        out.extend(items);
        out
    }
}
