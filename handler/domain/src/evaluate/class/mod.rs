//! Classes of the bundle and their objects.

mod annotated;
mod coercion;
mod construction;
mod data;
mod dataclass;
mod definition;
mod dynamic;
mod enumeration;
mod field_info;
mod filling;
mod named_tuple;
mod object;
mod parent;
mod resolution;
mod settings;
mod validation;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use ruff_python_ast::StmtClassDef;

pub(super) use self::annotated::MARKS;
pub(super) use self::coercion::named;
pub(super) use self::construction::{construct, empty, filled, made};
pub(super) use self::data::{as_dict, fields, is_named, line, names_of, own};
pub(super) use self::dataclass::{parts, row, shown};
pub(super) use self::definition::define;
pub(super) use self::dynamic::made_by_type;
pub(super) use self::enumeration::{combined, made_by_call, of_texts as enumeration_of_texts};
pub(super) use self::filling::{default as default_of, is_of_init, shown_name};
pub(super) use self::named_tuple::installed as named_tuple;
pub(super) use self::object::{attribute, delete, getter, set};
pub(super) use self::parent::{of_parent, parent};

use super::fields::Fields;
use super::machine::Machine;
use super::scope::ScopeId;
use super::sources::FileId;
use super::value::Value;

/// A class.
#[derive(Debug)]
pub(super) struct Class<'a> {
    pub(super) name: Rc<str>,
    pub(super) qualified: Rc<str>,
    pub(super) file: FileId,
    pub(super) bases: Vec<Value<'a>>,
    /// The classes above it, in the order in which names are looked for.
    pub(super) above: Vec<Value<'a>>,
    /// The arguments of `@dataclass(…)`.
    pub(super) options: RefCell<BTreeMap<Rc<str>, Value<'a>>>,
    /// The fields and defaults of a class that is made by a call: `namedtuple(…)`.
    pub(super) declared: Vec<(Rc<str>, Option<Value<'a>>)>,
    /// The names of its body.
    pub(super) scope: ScopeId,
    pub(super) def: &'a StmtClassDef,
    pub(super) kind: Cell<Kind>,
    /// Whether a base is not known, so that it may have any attribute.
    pub(super) open: bool,
    /// Of an enumeration.
    pub(super) members: RefCell<Vec<Rc<Instance<'a>>>>,
}

/// What making an object of a class means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `__init__`
    Plain,
    /// `enum.Enum`; texts or numbers, if it is of such a kind too.
    Enum {
        /// `str(member)` is the value: `StrEnum`, `IntEnum`.
        plain: bool,
    },
    /// `@dataclass`
    Dataclass,
    /// `pydantic.BaseModel`
    Model,
    /// `BaseSettings`: fields come from the environment.
    Settings,
    /// `typing.NamedTuple`
    NamedTuple,
    /// `typing.TypedDict`: a dictionary.
    TypedDict,
    /// An exception.
    Exception,
}

/// An object of a class of the bundle.
#[derive(Debug)]
pub(super) struct Instance<'a> {
    pub(super) class: Rc<Class<'a>>,
    pub(super) fields: RefCell<Fields<'a>>,
    /// The value of a member of an enumeration; the items of a named tuple; the text or dictionary that an object of a
    /// class below `str` or `dict` is.
    pub(super) value: Option<Value<'a>>,
}

impl<'a> Class<'a> {
    /// Whether it is an enumeration.
    pub(super) fn is_enum(&self) -> bool {
        matches!(self.kind.get(), Kind::Enum { .. })
    }

    /// Whether its objects are equal when their fields are.
    pub(super) fn is_data(&self) -> bool {
        matches!(self.kind.get(), Kind::Dataclass | Kind::Model | Kind::Settings | Kind::NamedTuple)
    }

    /// Whether it is a class of pydantic.
    pub(super) fn is_model(&self) -> bool {
        matches!(self.kind.get(), Kind::Model | Kind::Settings)
    }

    /// Whether this is `other`, or a class below it.
    pub(super) fn is_or_inherits(&self, other: &Class<'a>) -> bool {
        let same = |it: &Class<'a>| it.file == other.file && it.scope == other.scope;
        same(self) || self.parents().any(|it| same(it))
    }

    /// The classes of the bundle above it, the nearest first.
    pub(super) fn parents(&self) -> impl Iterator<Item = &Rc<Class<'a>>> {
        self.above.iter().filter_map(|it| if let Value::Class(it) = it { Some(it) } else { None })
    }

    /// The installed classes above it, dotted.
    pub(super) fn installed_bases(&self) -> Vec<Rc<str>> {
        let names = self.above.iter();
        names.filter_map(super::expression::dotted).map(Rc::clone).collect()
    }

    /// The first installed class above it, without its module.
    pub(super) fn installed_base(&self) -> Option<String> {
        let first = self.installed_bases().into_iter().next()?;
        first.rsplit('.').next().map(str::to_owned)
    }

    /// Whether a class of that dotted name is above it.
    pub(super) fn is_below(&self, dotted: &str) -> bool {
        self.installed_bases().iter().any(|it| &**it == dotted)
    }

    /// What the class itself binds to `name`.
    pub(super) fn own(&self, machine: &Machine<'a>, name: &str) -> Option<Value<'a>> {
        machine.scopes.get(self.scope).and_then(|it| it.values.get(name)).cloned()
    }

    /// What the class or one above it binds to `name`.
    pub(super) fn find(&self, machine: &Machine<'a>, name: &str) -> Option<Value<'a>> {
        self.own(machine, name).or_else(|| self.parents().find_map(|it| it.own(machine, name)))
    }

    /// Whether an argument of its decorator is true.
    pub(super) fn has_option(&self, name: &str) -> bool {
        let is_set = |it: &Class<'a>| it.options.borrow().get(name).and_then(Value::truth);
        is_set(self) == Some(true)
    }

    /// The member of an enumeration.
    pub(super) fn member(&self, name: &str) -> Option<Value<'a>> {
        let members = self.members.borrow();
        let found = members.iter().find(|it| it.text_field("name").as_deref() == Some(name));
        found.map(|it| Value::Instance(Rc::clone(it)))
    }

    /// The members of an enumeration.
    pub(super) fn members(&self) -> Vec<Value<'a>> {
        self.members.borrow().iter().map(|it| Value::Instance(Rc::clone(it))).collect()
    }
}

impl<'a> Instance<'a> {
    fn text_field(&self, name: &str) -> Option<Rc<str>> {
        self.fields.borrow().get(name).and_then(Value::as_text).cloned()
    }

    /// Its value as a text, if it is one: of an enumeration of texts, or of a class below `str`.
    pub(super) fn mixed_text(&self) -> Option<&Rc<str>> {
        match &self.value {
            Some(Value::Text(it)) if self.is_mixed("str") => Some(it),
            _ => None,
        }
    }

    /// Its value as a number, if it is one: of an enumeration of numbers, or of a class below `int`.
    pub(super) fn mixed_int(&self) -> Option<i128> {
        match &self.value {
            Some(Value::Int(it)) if self.is_mixed("int") => Some(*it),
            _ => None,
        }
    }

    fn is_mixed(&self, kind: &str) -> bool {
        let plain = if kind == "str" { "enum.StrEnum" } else { "enum.IntEnum" };
        let flags = kind == "int" && self.class.is_below("enum.IntFlag");
        self.class.is_below(plain) || self.class.is_below(&format!("builtins.{kind}")) || flags
    }

    /// The text, list, tuple or dictionary that an object of a class below such a class is.
    pub(super) fn underlying(&self) -> Option<&Value<'a>> {
        self.value.as_ref().filter(|_| !self.class.is_enum())
    }

    /// `bool(…)`, as far as no method decides it.
    pub(super) fn truth(&self) -> Option<bool> {
        match &self.value {
            Some(it) if !self.class.is_enum() => it.truth(),
            Some(it) if self.mixed_text().is_some() || self.mixed_int().is_some() => it.truth(),
            Some(it @ Value::Int(_)) if self.class.is_below("enum.Flag") => it.truth(),
            _ => Some(true),
        }
    }

    /// What a loop gives: of a named tuple its items, of a text its characters.
    pub(super) fn items(&self) -> Option<Vec<Value<'a>>> {
        match &self.value {
            Some(Value::Tuple(it)) if !self.class.is_enum() => Some(it.to_vec()),
            _ => self
                .mixed_text()
                .map(|it| it.chars().map(|it| Value::text(it.to_string())).collect()),
        }
    }
}

/// The text, list or dictionary that an object of a class below such a class is; else the value itself.
pub(super) fn own_value<'v, 'a>(it: &'v Value<'a>) -> &'v Value<'a> {
    if let Value::Instance(instance) = it { instance.underlying().unwrap_or(it) } else { it }
}
