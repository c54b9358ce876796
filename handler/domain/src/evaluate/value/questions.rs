//! What `type`, `is` and `bool` tell of a value.

use std::rc::Rc;

use super::Value;

impl Value<'_> {
    /// What `type(…).__name__` gives.
    pub(in crate::evaluate) fn type_name(&self) -> String {
        let name = match self {
            Self::None => "NoneType",
            Self::Ellipsis => "ellipsis",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Float(_) => "float",
            Self::Text(_) => "str",
            Self::Bytes(_) => "bytes",
            Self::List(_) => "list",
            Self::Iterator(_) => "generator",
            Self::Tuple(_) => "tuple",
            Self::Set(it) if it.borrow().is_frozen() => "frozenset",
            Self::Set(_) => "set",
            Self::Dict(it) => it.borrow().type_name(),
            Self::Moment(it) => it.type_name(),
            Self::Path(_) => "PosixPath",
            Self::Function(_) => "function",
            Self::Method(_) | Self::Native(_) => "method",
            Self::Descriptor(..) => "property",
            Self::Class(_) => "type",
            Self::Module(_) => "module",
            Self::Flow(_) => "Flow",
            Self::Instance(it) => return it.class.name.to_string(),
            Self::Object(it) => return it.class.rsplit('.').next().unwrap_or_default().to_owned(),
            Self::Outside(_) | Self::Unknown(_) => "object",
        };
        name.to_owned()
    }

    /// Whether both are the same object.
    pub(in crate::evaluate) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::None, Self::None) | (Self::Ellipsis, Self::Ellipsis) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Int(a), Self::Int(b)) => a == b,
            (Self::Text(a), Self::Text(b)) | (Self::Outside(a), Self::Outside(b)) => a == b,
            (Self::List(a), Self::List(b)) => Rc::ptr_eq(a, b),
            (Self::Iterator(a), Self::Iterator(b)) => Rc::ptr_eq(a, b),
            (Self::Tuple(a), Self::Tuple(b)) => Rc::ptr_eq(a, b) || a.is_empty() && b.is_empty(),
            (Self::Moment(a), Self::Moment(b)) => Rc::ptr_eq(a, b),
            (Self::Unknown(a), Self::Unknown(b)) => {
                Rc::ptr_eq(a, b) || a.name.is_some() && a.name == b.name
            }
            (Self::Dict(a), Self::Dict(b)) | (Self::Set(a), Self::Set(b)) => Rc::ptr_eq(a, b),
            (Self::Class(a), Self::Class(b)) => Rc::ptr_eq(a, b),
            (Self::Instance(a), Self::Instance(b)) => Rc::ptr_eq(a, b),
            (Self::Object(a), Self::Object(b)) => Rc::ptr_eq(a, b),
            (Self::Function(a), Self::Function(b)) => Rc::ptr_eq(a, b),
            (Self::Flow(a), Self::Flow(b)) => Rc::ptr_eq(a, b),
            (Self::Module(a), Self::Module(b)) => a == b,
            _ => false,
        }
    }

    /// What `bool(…)` gives; `None` when it is not known.
    pub(in crate::evaluate) fn truth(&self) -> Option<bool> {
        Some(match self {
            Self::None => false,
            Self::Bool(it) => *it,
            Self::Int(it) => *it != 0,
            Self::Float(it) => *it != 0.0,
            Self::Text(it) => !it.is_empty(),
            Self::Bytes(it) => !it.is_empty(),
            Self::List(it) => !it.borrow().is_empty(),
            Self::Tuple(it) => !it.is_empty(),
            Self::Set(it) | Self::Dict(it) => !it.borrow().is_empty(),
            Self::Moment(it) => it.truth(),
            Self::Instance(it) => return it.truth(),
            Self::Unknown(_) => return None,
            _ => true,
        })
    }
}
