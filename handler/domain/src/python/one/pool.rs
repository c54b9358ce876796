//! The classes of a signature that have definitions of their own.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::field::Field;

/// A class that is referred to by its number.
#[derive(Debug)]
pub(super) struct Class {
    /// What it calls itself.
    pub(super) name: String,
    /// What its definition is called when another class has that name.
    pub(super) long: String,
    pub(super) kind: Kind,
}

/// What kind of class it is.
#[derive(Debug)]
pub(super) enum Kind {
    /// One that is being read.
    Begun,
    /// An enumeration: its definition.
    Enumeration(Map<String, Value>),
    /// A model, a dataclass, a `TypedDict`.
    Model(Model),
    /// A named tuple.
    Tuple(Vec<Field>),
    /// A class of Prefect.
    Installed(Installed),
}

/// A class of Prefect.
#[derive(Debug)]
pub(super) struct Installed {
    /// Its definition, whose references have the keys of the pool.
    pub(super) schema: Value,
    /// How a block refers to it, if it is one itself.
    pub(super) block: Option<Value>,
}

/// What a model's definition is made of.
#[derive(Debug, Default)]
pub(super) struct Model {
    pub(super) title: String,
    pub(super) description: Option<String>,
    pub(super) fields: Vec<Field>,
    /// Whether it takes no other fields.
    pub(super) is_closed: bool,
    /// What it says of its schema besides.
    pub(super) extra: Map<String, Value>,
    /// Whether it is a block of Prefect, which says all else of it itself.
    pub(super) is_block: bool,
}

/// The classes of a signature.
#[derive(Debug, Default)]
pub(super) struct Pool {
    classes: Vec<Class>,
    numbers: BTreeMap<String, usize>,
}

impl Pool {
    /// The number of the class `key`.
    pub(super) fn find(&self, key: &str) -> Option<usize> {
        self.numbers.get(key).copied()
    }

    /// A number for the class `key`.
    pub(super) fn begin(&mut self, key: String, name: String, long: String) -> usize {
        let number = self.classes.len();
        self.numbers.insert(key, number);
        self.classes.push(Class { name, long: long.replace('.', "__"), kind: Kind::Begun });
        number
    }

    /// Says what the class is.
    pub(super) fn finish(&mut self, number: usize, kind: Kind) {
        if let Some(it) = self.classes.get_mut(number) {
            it.kind = kind;
        }
    }

    /// How a block refers to the class, if that is a block; an error when it is one whose reference is not known.
    pub(super) fn referred(&self, number: usize) -> Result<Option<&Value>, ()> {
        match self.get(number).map(|it| &it.kind) {
            Some(Kind::Installed(it)) => Ok(it.block.as_ref()),
            Some(Kind::Model(it)) if it.is_block => Err(()),
            Some(Kind::Begun) => Err(()),
            _ => Ok(None),
        }
    }

    /// The class with this number.
    pub(super) fn get(&self, number: usize) -> Option<&Class> {
        self.classes.get(number)
    }
}
