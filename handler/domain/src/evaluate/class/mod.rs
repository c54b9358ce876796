//! Classes of the bundle and their objects.

mod data;
mod definition;
mod enumeration;
mod settings;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use ruff_python_ast::StmtClassDef;

pub(super) use self::data::{as_dict, own};
pub(super) use self::definition::define;

use super::attribute::{self, bound};
use super::call::{self, Args};
use super::machine::{Eval, Machine, Stop};
use super::scope::ScopeId;
use super::sources::FileId;
use super::value::{Descriptor, Object, Value};

/// A class.
#[derive(Debug)]
pub(super) struct Class<'a> {
    pub(super) name: Rc<str>,
    pub(super) qualified: Rc<str>,
    pub(super) file: FileId,
    pub(super) bases: Vec<Value<'a>>,
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
    pub(super) fields: RefCell<BTreeMap<Rc<str>, Value<'a>>>,
    /// The value of a member of an enumeration; the items of a named tuple.
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

    /// Whether this is `other`, or a class below it.
    pub(super) fn is_or_inherits(&self, other: &Class<'a>) -> bool {
        let same = |it: &Class<'a>| it.file == other.file && it.scope == other.scope;
        same(self)
            || self
                .bases
                .iter()
                .any(|it| matches!(it, Value::Class(it) if it.is_or_inherits(other)))
    }

    /// The installed classes above it, dotted.
    pub(super) fn installed_bases(&self) -> Vec<Rc<str>> {
        let mut out = Vec::new();
        for base in &self.bases {
            match base {
                Value::Outside(name) => out.push(Rc::clone(name)),
                Value::Class(it) => out.extend(it.installed_bases()),
                _ => {}
            }
        }
        out
    }

    /// The first installed class above it, without its module.
    pub(super) fn installed_base(&self) -> Option<String> {
        let first = self.installed_bases().into_iter().next()?;
        first.rsplit('.').next().map(str::to_owned)
    }

    /// What the class or one above it binds to `name`.
    pub(super) fn find(&self, machine: &Machine<'a>, name: &str) -> Option<Value<'a>> {
        let own = machine.scopes.get(self.scope).and_then(|it| it.values.get(name));
        own.cloned().or_else(|| {
            let mut classes = self.bases.iter().filter_map(|it| match it {
                Value::Class(it) => Some(it),
                _ => None,
            });
            classes.find_map(|it| it.find(machine, name))
        })
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

    /// Whether two objects with fields are equal.
    pub(super) fn equal(
        &self,
        machine: &mut Machine<'a>,
        left: &Value<'a>,
        right: &Value<'a>,
    ) -> Result<Option<bool>, Stop<'a>> {
        let (Value::Instance(a), Value::Instance(b)) = (left, right) else {
            return Ok(Some(false));
        };
        if !Rc::ptr_eq(&a.class, &b.class) {
            return Ok(Some(false));
        }
        let dict = |it: &Instance<'a>| {
            let fields = it.fields.borrow().clone().into_iter();
            Value::dict(fields.map(|(name, it)| (Value::Text(name), it)).collect())
        };
        super::compare::equal(machine, &dict(a), &dict(b))
    }
}

impl<'a> Instance<'a> {
    fn text_field(&self, name: &str) -> Option<Rc<str>> {
        self.fields.borrow().get(name).and_then(Value::as_text).cloned()
    }

    /// Its value as a text, if it is a member of an enumeration of texts.
    pub(super) fn mixed_text(&self) -> Option<&Rc<str>> {
        match &self.value {
            Some(Value::Text(it)) if self.is_mixed("str") => Some(it),
            _ => None,
        }
    }

    /// Its value as a number, if it is a member of an enumeration of numbers.
    pub(super) fn mixed_int(&self) -> Option<i128> {
        match &self.value {
            Some(Value::Int(it)) if self.is_mixed("int") => Some(*it),
            _ => None,
        }
    }

    fn is_mixed(&self, kind: &str) -> bool {
        let plain = if kind == "str" { "enum.StrEnum" } else { "enum.IntEnum" };
        let wanted = format!("builtins.{kind}");
        self.class.is_enum()
            && self.class.installed_bases().iter().any(|it| &**it == plain || **it == *wanted)
    }

    /// `bool(…)`; a method may decide that, which is not looked at.
    pub(super) fn truth(&self) -> Option<bool> {
        match &self.value {
            Some(it @ (Value::Text(_) | Value::Int(_)))
                if self.mixed_text().is_some() || self.mixed_int().is_some() =>
            {
                it.truth()
            }
            Some(Value::Tuple(it)) if !self.class.is_enum() => Some(!it.is_empty()),
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

    /// The item of a named tuple.
    pub(super) fn item(&self, key: &Value<'a>) -> Option<Value<'a>> {
        let items = self.items()?;
        let index = key.as_int()?;
        let length = i128::try_from(items.len()).ok()?;
        let index = if index < 0 { index + length } else { index };
        items.get(usize::try_from(index).ok()?).cloned()
    }
}

/// What `instance.name` gives.
pub(super) fn attribute<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Instance<'a>>,
    name: &str,
) -> Eval<'a> {
    let receiver = Value::Instance(Rc::clone(it));
    match it.class.find(machine, name) {
        Some(Value::Descriptor(Descriptor::Property, getter)) => {
            return call::value(machine, &getter, Args::of(vec![receiver]));
        }
        Some(found) if !it.fields.borrow().contains_key(name) => {
            return Ok(match found {
                Value::Function(_) => bound(receiver, &found),
                Value::Descriptor(Descriptor::Class, function) => {
                    bound(Value::Class(Rc::clone(&it.class)), &function)
                }
                Value::Descriptor(Descriptor::Static, function) => (*function).clone(),
                other => other,
            });
        }
        _ => {}
    }
    if let Some(found) = it.fields.borrow().get(name) {
        return Ok(found.clone());
    }
    if let Some(found) = data::method(machine, it, name) {
        return Ok(found);
    }
    match it.class.find(machine, "__getattr__") {
        Some(getter) => call::value(machine, &getter, Args::of(vec![receiver, Value::text(name)])),
        None if it.class.open => Ok(machine.unknown(format!("`{name}` of a {}", it.class.name))),
        None => attribute::no_attribute(machine, &receiver, name),
    }
}

/// What `Class(…)` gives.
pub(super) fn construct<'a>(
    machine: &mut Machine<'a>,
    class: &Rc<Class<'a>>,
    args: Args<'a>,
) -> Eval<'a> {
    if class.is_enum() {
        return enumeration::by_value(machine, class, &args);
    }
    if let Some(new) = class.find(machine, "__new__") {
        let _made_otherwise = new;
        return Ok(machine.unknown(format!("a {}, which has a `__new__`", class.name)));
    }
    let kind = class.kind.get();
    let own_init = class.find(machine, "__init__");
    if kind == Kind::TypedDict {
        return super::installed::call(machine, &"builtins.dict".into(), args);
    }
    let instance =
        Rc::new(Instance { class: Rc::clone(class), fields: RefCell::default(), value: None });
    let value = Value::Instance(Rc::clone(&instance));
    match (own_init, kind) {
        (Some(init), _) => {
            if kind == Kind::Exception {
                let given = Value::tuple(args.positional.clone());
                instance.fields.borrow_mut().insert("args".into(), given);
            }
            call::value(machine, &init, args.after(value.clone()))?;
        }
        (None, Kind::Dataclass | Kind::Model) => data::fill(machine, &instance, args)?,
        (None, Kind::Settings) => settings::fill(machine, &instance, args)?,
        (None, Kind::NamedTuple) => return data::named_tuple(machine, class, args),
        (None, Kind::Exception) => {
            let given = Value::tuple(args.positional);
            instance.fields.borrow_mut().insert("args".into(), given);
        }
        (None, _) if class.open => {
            // the constructor is not of the bundle: what is given by name is probably kept by that name
            instance.fields.borrow_mut().extend(args.named);
        }
        (None, _) if args.positional.is_empty() && args.named.is_empty() => {}
        (None, _) => {
            return machine.raise("TypeError", format!("{}() takes no arguments", class.name));
        }
    }
    Ok(value)
}

/// What `super()` gives in a method of `class` with `first` as its first argument.
pub(super) fn parent<'a>(class: &Rc<Class<'a>>, first: &Value<'a>) -> Value<'a> {
    let fields = [("class", Value::Class(Rc::clone(class))), ("first", first.clone())];
    Value::Object(Rc::new(Object {
        class: "builtins.super".into(),
        positional: Vec::new(),
        fields: RefCell::new(fields.into_iter().map(|(name, it)| (name.into(), it)).collect()),
        at: super::unknown::Spot { file: class.file, offset: 0.into() },
    }))
}

/// What `super().name` gives.
pub(super) fn of_parent<'a>(machine: &mut Machine<'a>, it: &Object<'a>, name: &str) -> Eval<'a> {
    let field = |name: &str| it.fields.borrow().get(name).cloned().unwrap_or(Value::None);
    let (class, first) = (field("class"), field("first"));
    let Value::Class(class) = class else { return Ok(Value::None) };
    for base in &class.bases {
        let Value::Class(base) = base else { continue };
        match base.find(machine, name) {
            Some(Value::Descriptor(Descriptor::Class, function)) => {
                return Ok(bound(first, &function));
            }
            Some(Value::Descriptor(Descriptor::Static, function)) => return Ok((*function).clone()),
            Some(Value::Descriptor(Descriptor::Property, getter)) => {
                return call::value(machine, &getter, Args::of(vec![first]));
            }
            Some(function) => return Ok(bound(first, &function)),
            None => {}
        }
    }
    Ok(match (&first, name) {
        (Value::Instance(it), "__init__") => data::filler(it),
        (Value::Instance(it), _) => data::method(machine, it, name)
            .unwrap_or_else(|| machine.unknown(format!("`super().{name}`"))),
        _ => machine.unknown(format!("`super().{name}`")),
    })
}
