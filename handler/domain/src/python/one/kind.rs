//! What pydantic 1 tells apart among types.

use std::rc::Rc;

use serde_json::{Map, Value};

use super::said::Said;

/// A type as pydantic 1 sees it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Type {
    /// `Any`, `object`.
    Any,
    /// `None`.
    Null,
    /// `Callable`: what has it is left out.
    Callable,
    /// What takes anything though it is not `Any`: `Type[…]`, a generic class without arguments.
    Open,
    /// A class that has no schema.
    Other,
    /// The values of `Literal`, in order.
    Literal(Vec<Value>),
    /// A class with a schema of its own.
    Scalar(Rc<Scalar>),
    /// An enumeration, by its number.
    Enumeration(usize),
    /// A model, a dataclass, a record: by its number.
    Model(usize),
    /// `List[…]` and the like, and what `conlist` says of its length.
    Many(Many, Box<Self>, Map<String, Value>),
    /// `Tuple[…]` of so many.
    Tuple(Vec<Self>),
    /// `Dict[…, …]`.
    Mapping(Box<Self>, Box<Self>),
    /// Any other class with arguments.
    Generic(Vec<Self>),
    /// `Union`, without those that repeat.
    Union(Vec<Self>),
    /// `Annotated` with a `Field`.
    Annotated(Box<Self>, Rc<Said>),
    /// `Annotated` without one, `Json[…]`.
    Wrapped(Box<Self>),
    /// `Json` alone.
    Json,
}

/// What kind of collection it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Many {
    List,
    Set,
    FrozenSet,
    /// `Tuple[…, ...]`
    Tuple,
    /// `Sequence`, `Iterable`, `Deque`.
    Other,
    /// `Tuple` alone: what is in it is nothing that constraints reach.
    Bare,
}

/// A class that is written as one type.
#[derive(Debug, Clone, Default)]
pub(super) struct Scalar {
    /// What tells it from others, for one that has a name.
    pub(super) name: Option<String>,
    /// Its type and format.
    pub(super) schema: Map<String, Value>,
    /// What it says of itself besides: its `__modify_schema__`.
    pub(super) more: Map<String, Value>,
    /// What may be said of it in `Field`.
    pub(super) family: Family,
}

/// What may be said of a type in `Field`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Family {
    /// A text.
    Text,
    /// A text that takes no constraints: an address.
    Address,
    Bytes,
    Secret,
    /// A dict of secrets.
    Secrets,
    Integer,
    Float,
    Decimal,
    /// A number that has constraints already.
    Number,
    #[default]
    Other,
}

/// Of two classes only the name tells whether they are one.
impl PartialEq for Scalar {
    fn eq(&self, other: &Self) -> bool {
        self.name.is_some() && self.name == other.name
    }
}

impl Scalar {
    /// Whether it says how long it is.
    pub(super) fn has_length(&self) -> bool {
        self.more.contains_key("minLength") || self.more.contains_key("maxLength")
    }
}

impl Family {
    /// Whether the lengths of `Field` are shown.
    pub(super) fn has_length(self) -> bool {
        matches!(self, Self::Text | Self::Address | Self::Bytes)
    }

    /// Whether the limits of `Field` are shown.
    pub(super) fn has_limits(self) -> bool {
        matches!(self, Self::Integer | Self::Float | Self::Decimal | Self::Number)
    }
}

impl Type {
    /// What the class itself adds to the schema of a field of it.
    pub(super) fn more(&self) -> Map<String, Value> {
        match self {
            Self::Scalar(it) => it.more.clone(),
            Self::Many(_, _, more) => more.clone(),
            Self::Json => {
                let pairs = [("type", "string"), ("format", "json-string")];
                pairs.map(|(key, it)| (key.to_owned(), it.into())).into_iter().collect()
            }
            _ => Map::new(),
        }
    }

    /// Whether there is a class in it that pydantic 1 takes only where any are allowed.
    pub(super) fn has_other(&self) -> bool {
        match self {
            Self::Other | Self::Generic(_) => true,
            Self::Many(_, it, _) | Self::Annotated(it, _) | Self::Wrapped(it) => it.has_other(),
            Self::Tuple(all) | Self::Union(all) => all.iter().any(Self::has_other),
            Self::Mapping(key, value) => key.has_other() || value.has_other(),
            _ => false,
        }
    }

    /// The pattern that keys of a mapping have to have.
    pub(super) fn pattern(&self) -> Option<&str> {
        match self {
            Self::Scalar(it) => it.more.get("pattern")?.as_str(),
            _ => None,
        }
    }
}
