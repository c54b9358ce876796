//! A type and what is said of it, taken apart as `ModelField` of pydantic 1 does.

use std::rc::Rc;

use serde_json::{Map, Value};

use super::kind::{Many, Type};
use super::literal;
use super::said::{Default, Said};

/// A field, or a part of one.
#[derive(Debug, Clone)]
pub(super) struct Field {
    /// Its name in Python; `None` where only pydantic's own name for a type would tell.
    pub(super) name: Option<String>,
    pub(super) said: Rc<Said>,
    /// What it has that is not given, if it is shown.
    pub(super) default: Default,
    pub(super) is_required: bool,
    pub(super) shape: Shape,
    /// What it holds, without what holds it.
    pub(super) inner: Type,
    pub(super) parts: Option<Vec<Self>>,
    /// What the type adds as a whole.
    pub(super) more: Map<String, Value>,
    /// Whether it is `Callable`.
    pub(super) is_callable: bool,
}

/// How a field holds what it holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    Single,
    Many {
        is_unique: bool,
    },
    Tuple,
    /// The pattern of the keys.
    Mapping(Option<String>),
    Generic,
}

impl Field {
    /// The field `name` of the type `annotation`, which has what is said in its constraints.
    pub(super) fn new(name: &str, annotation: Type, said: Rc<Said>) -> Self {
        let default = said.default.clone();
        let required = match default {
            Default::Unsaid => None,
            Default::Required => Some(true),
            Default::Made | Default::Value(_) | Default::Opaque => Some(false),
        };
        Self::taken_apart(Some(name.to_owned()), annotation, said, (default, required))
    }

    /// A field of one of `members`, of which nothing is known but what is said.
    pub(super) fn of_union(name: Option<String>, members: Vec<Type>, said: Rc<Said>) -> Self {
        Self::taken_apart(name, Type::Union(members), said, (Default::Unsaid, None))
    }

    /// The key in JSON.
    pub(super) fn alias(&self) -> Option<&str> {
        self.said.alias.as_deref().or(self.name.as_deref())
    }

    fn part(name: Option<String>, annotation: &Type) -> Self {
        let said = match annotation {
            Type::Annotated(_, said) => Rc::clone(said),
            _ => Rc::default(),
        };
        Self::taken_apart(name, annotation.clone(), said, (Default::Unsaid, None))
    }

    fn taken_apart(
        name: Option<String>,
        annotation: Type,
        said: Rc<Said>,
        (default, required): (Default, Option<bool>),
    ) -> Self {
        let mut out = Self {
            name,
            said,
            default,
            is_required: true,
            shape: Shape::Single,
            more: annotation.more(),
            is_callable: matches!(annotation, Type::Callable),
            inner: annotation,
            parts: None,
        };
        let mut required = required;
        out.analyse(&mut required);
        out.is_required = required.unwrap_or(true);
        out
    }

    /// Finds the shape; what may be `None` is not required if nothing is said.
    fn analyse(&mut self, required: &mut Option<bool>) {
        match std::mem::replace(&mut self.inner, Type::Any) {
            Type::Wrapped(it) | Type::Annotated(it, _) => {
                self.inner = *it;
                self.analyse(required);
            }
            Type::Any | Type::Json => {
                required.get_or_insert(false);
            }
            Type::Union(members) => self.union(members, required),
            Type::Many(kind, item, _) => {
                let is_unique = matches!(kind, Many::Set | Many::FrozenSet);
                self.shape = Shape::Many { is_unique };
                if kind != Many::Bare {
                    let name = match kind {
                        Many::Tuple => self.named(|it| Some(format!("{it}_0"))),
                        _ => self.named(|it| Some(format!("_{it}"))),
                    };
                    self.parts = Some(vec![Self::part(name, &item)]);
                    self.inner = *item;
                }
            }
            Type::Tuple(items) => {
                self.shape = Shape::Tuple;
                self.parts = Some(self.numbered(&items));
                self.inner = Type::Tuple(items);
            }
            Type::Generic(items) => {
                self.shape = Shape::Generic;
                self.parts = Some(self.numbered(&items));
                self.inner = Type::Other;
            }
            Type::Mapping(key, value) => {
                self.shape = Shape::Mapping(key.pattern().map(str::to_owned));
                let name = self.named(|it| Some(format!("_{it}")));
                self.parts = Some(vec![Self::part(name, &value)]);
                self.inner = *value;
            }
            other => self.inner = other,
        }
    }

    fn union(&mut self, members: Vec<Type>, required: &mut Option<bool>) {
        if members.iter().any(|it| matches!(it, Type::Null | Type::Any)) {
            required.get_or_insert(false);
        }
        let is_null = |it: &Type| matches!(it, Type::Null);
        let mut kept: Vec<Type> = members.into_iter().filter(|it| !is_null(it)).collect();
        if kept.len() > 1 {
            let named = |it| self.named(|name| Some(format!("{name}_{}", literal::shown(it)?)));
            self.parts = Some(kept.iter().map(|it| Self::part(named(it), it)).collect());
            self.inner = Type::Union(kept);
        } else if let Some(only) = kept.pop() {
            self.more = only.more();
            self.is_callable = matches!(only, Type::Callable);
            self.inner = only;
            self.analyse(required);
        } else {
            self.inner = Type::Null;
        }
    }

    fn named(&self, made: impl Fn(&str) -> Option<String>) -> Option<String> {
        self.name.as_deref().and_then(made)
    }

    fn numbered(&self, items: &[Type]) -> Vec<Self> {
        let items = items.iter().enumerate();
        items
            .map(|(at, it)| Self::part(self.named(|name| Some(format!("{name}_{at}"))), it))
            .collect()
    }
}
