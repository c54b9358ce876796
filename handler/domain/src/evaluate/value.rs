//! The values of Python that are told apart; what cannot be known is [`Value::Unknown`].

mod questions;

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use super::class::{Class, Instance};
use super::dict::{Dict, Shared};
use super::function::{Function, Method};
use super::moment::Moment;
use super::prefect::Flow;
use super::scope::ModuleId;
use super::unknown::Unknown;

/// A value.
#[derive(Debug, Clone)]
pub(super) enum Value<'a> {
    /// `None`
    None,
    /// `...`
    Ellipsis,
    /// `True`, `False`
    Bool(bool),
    /// A whole number; larger ones are unknown.
    Int(i128),
    /// `float`
    Float(f64),
    /// `str`
    Text(Rc<str>),
    /// `bytes`
    Bytes(Rc<[u8]>),
    /// `list`; also what `range` gives, which nothing tells apart that matters here.
    List(Rc<RefCell<Vec<Value<'a>>>>),
    /// What is iterated once: a generator, `map`, `zip`; what is left of it.
    Iterator(Rc<RefCell<VecDeque<Value<'a>>>>),
    /// `tuple`
    Tuple(Rc<[Value<'a>]>),
    /// `set` and `frozenset`, in the order of insertion.
    Set(Shared<'a>),
    /// `dict`
    Dict(Shared<'a>),
    /// Of `datetime`.
    Moment(Rc<Moment>),
    /// Of `pathlib`.
    Path(Rc<str>),
    /// A function of the bundle, or a lambda.
    Function(Rc<Function<'a>>),
    /// A function with its first argument.
    Method(Rc<Method<'a>>),
    /// A method of a value that is not of the bundle: `"a".upper`.
    Native(Rc<Native<'a>>),
    /// `@property`, `@classmethod`, `@staticmethod` in a class; a property that can be set is getter, setter and deleter.
    Descriptor(Descriptor, Rc<Value<'a>>),
    /// A class of the bundle.
    Class(Rc<Class<'a>>),
    /// An object of such a class.
    Instance(Rc<Instance<'a>>),
    /// A module of the bundle.
    Module(ModuleId),
    /// The dotted name of something that is installed: `prefect.flow`, `builtins.len`.
    Outside(Rc<str>),
    /// An object of an installed class whose parts are known.
    Object(Rc<Object<'a>>),
    /// A Prefect flow.
    Flow(Rc<Flow<'a>>),
    /// What only running it would tell.
    Unknown(Rc<Unknown>),
}

/// A method of a value, not called yet.
#[derive(Debug)]
pub(super) struct Native<'a> {
    /// Of which value.
    pub(super) owner: Value<'a>,
    /// Its name.
    pub(super) name: Rc<str>,
}

/// How a function in a class is bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Descriptor {
    /// Called when it is read.
    Property,
    /// Called when it is first read.
    Cached,
    /// Gets the class.
    Class,
    /// Gets nothing.
    Static,
}

/// An object of an installed class.
#[derive(Debug)]
pub(super) struct Object<'a> {
    /// The dotted name of the class, as imported.
    pub(super) class: Rc<str>,
    /// The arguments without a name.
    pub(super) positional: Vec<Value<'a>>,
    /// The named arguments, and what was set since.
    pub(super) fields: RefCell<BTreeMap<Rc<str>, Value<'a>>>,
    /// Where it was made.
    pub(super) at: super::unknown::Spot,
}

impl Object<'_> {
    /// Another one with the same fields.
    pub(super) fn copied(&self) -> Self {
        Self {
            class: Rc::clone(&self.class),
            positional: self.positional.clone(),
            fields: RefCell::new(self.fields.borrow().clone()),
            at: self.at,
        }
    }
}

impl<'a> Value<'a> {
    pub(super) fn text(it: impl Into<Rc<str>>) -> Self {
        Self::Text(it.into())
    }

    /// A new list.
    pub(super) fn list(items: Vec<Self>) -> Self {
        Self::List(Rc::new(RefCell::new(items)))
    }

    /// What is iterated once.
    pub(super) fn iterator(items: Vec<Self>) -> Self {
        Self::Iterator(Rc::new(RefCell::new(items.into())))
    }

    pub(super) fn tuple(items: Vec<Self>) -> Self {
        Self::Tuple(items.into())
    }

    /// A new dictionary.
    pub(super) fn dict(it: Dict<'a>) -> Self {
        Self::Dict(Rc::new(RefCell::new(it)))
    }

    /// A new set.
    pub(super) fn set(items: impl IntoIterator<Item = Self>) -> Self {
        let mut out = Dict::default();
        items.into_iter().for_each(|it| out.insert(it, Self::None));
        Self::Set(Rc::new(RefCell::new(out)))
    }

    /// Something installed.
    pub(super) fn outside(name: impl Into<Rc<str>>) -> Self {
        Self::Outside(name.into())
    }

    /// The text, if it is one.
    pub(super) fn as_text(&self) -> Option<&Rc<str>> {
        match self {
            Self::Text(it) => Some(it),
            Self::Instance(it) => it.mixed_text(),
            _ => None,
        }
    }

    /// The whole number, if it is one; booleans are.
    pub(super) fn as_int(&self) -> Option<i128> {
        match self {
            Self::Int(it) => Some(*it),
            Self::Bool(it) => Some(i128::from(*it)),
            Self::Instance(it) => it.mixed_int(),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub(super) fn as_float(&self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "as Python's own conversion")]
        match self {
            Self::Float(it) => Some(*it),
            other => other.as_int().map(|it| it as f64),
        }
    }

    /// Whether this is `None`.
    pub(super) fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// What is not known, if this is.
    pub(super) fn as_unknown(&self) -> Option<&Rc<Unknown>> {
        if let Self::Unknown(it) = self { Some(it) } else { None }
    }
}
