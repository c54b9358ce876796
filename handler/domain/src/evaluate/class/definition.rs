//! `class`: the body, the bases, the decorators.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use ruff_python_ast::{Expr, StmtClassDef};

use super::{Class, Kind, enumeration, resolution};
use crate::evaluate::call::{self, Args};
use crate::evaluate::machine::{Machine, Stop};
use crate::evaluate::scope::{Kind as Block, ScopeId};
use crate::evaluate::value::Value;
use crate::evaluate::{attribute, expression, statement};

/// Binds the class, decorated.
pub(in super::super) fn define<'a>(
    machine: &mut Machine<'a>,
    it: &'a StmtClassDef,
    scope: ScopeId,
) -> Result<(), Stop<'a>> {
    let mut decorators = Vec::new();
    for decorator in &it.decorator_list {
        decorators.push(expression::value(machine, &decorator.expression, scope)?);
    }
    let bases = bases(machine, it, scope)?;
    let class = Rc::new(body(machine, it, bases, scope)?);
    adopt(machine, &class);
    enumeration::collect(machine, &class)?;
    let mut keywords = Vec::new();
    for it in it.keywords() {
        if let Some(name) = it.arg.as_ref().filter(|it| it.as_str() != "metaclass") {
            let value = expression::value(machine, &it.value, scope)?;
            keywords.push((name.as_str().into(), value));
        }
    }
    announce(machine, &class, keywords)?;
    machine.go(&it.name, scope);
    let mut value = Value::Class(class);
    for decorator in decorators.iter().rev() {
        value = call::value(machine, decorator, Args::of(vec![value]))?;
    }
    machine.scopes.bind(scope, it.name.as_str(), value);
    Ok(())
}

fn bases<'a>(
    machine: &mut Machine<'a>,
    it: &'a StmtClassDef,
    scope: ScopeId,
) -> Result<Vec<Value<'a>>, Stop<'a>> {
    let mut out = Vec::new();
    for base in it.bases() {
        if let Expr::Starred(_) = base {
            out.push(machine.unknown("a base of a class"));
            continue;
        }
        // a generic base is the class before the brackets
        let base = if let Expr::Subscript(it) = base { &it.value } else { base };
        out.push(expression::value(machine, base, scope)?);
    }
    Ok(out)
}

/// Tells the class above of it, and descriptors of their names.
pub(super) fn announce<'a>(
    machine: &mut Machine<'a>,
    class: &Rc<Class<'a>>,
    keywords: Vec<(Rc<str>, Value<'a>)>,
) -> Result<(), Stop<'a>> {
    let bound: Vec<(Rc<str>, Value<'a>)> = match machine.scopes.get(class.scope) {
        Some(it) => it.values.iter().map(|(name, it)| (Rc::clone(name), it.clone())).collect(),
        None => Vec::new(),
    };
    for (name, value) in bound {
        if let Value::Instance(it) = &value
            && it.class.find(machine, "__set_name__").is_some()
        {
            let args = Args::of(vec![Value::Class(Rc::clone(class)), Value::Text(name)]);
            attribute::call(machine, &value, "__set_name__", args)?;
        }
    }
    let above = class.parents().find_map(|it| it.own(machine, "__init_subclass__"));
    let Some(hook) = above else { return Ok(()) };
    let hook = if let Value::Descriptor(_, inner) = &hook { (**inner).clone() } else { hook };
    let mut args = Args::of(vec![Value::Class(Rc::clone(class))]);
    args.named = keywords;
    call::value(machine, &hook, args).map(|_| ())
}

fn body<'a>(
    machine: &mut Machine<'a>,
    it: &'a StmtClassDef,
    bases: Vec<Value<'a>>,
    scope: ScopeId,
) -> Result<Class<'a>, Stop<'a>> {
    let outer = machine.scopes.get(scope);
    let prefix = outer.map_or("", |it| it.prefix.as_str());
    let qualified: Rc<str> = format!("{prefix}{}", it.name).into();
    let file = outer.map_or(machine.main, |it| it.file);
    let inner = machine.scopes.inner(scope, Block::Class);
    if let Some(inner) = machine.scopes.get_mut(inner) {
        inner.prefix = format!("{qualified}.");
    }
    statement::block(machine, &it.body, inner)?;
    let open = bases.iter().any(is_open) || has_metaclass(machine, it, scope)?;
    let kind = Cell::new(kind(&bases));
    let (name, members) = (it.name.as_str().into(), RefCell::default());
    let above = match resolution::above(&bases) {
        Some(it) => it,
        None if bases.iter().all(|it| matches!(it, Value::Class(_))) => {
            let message = "Cannot create a consistent method resolution order (MRO) for its bases";
            return machine.raise("TypeError", message);
        }
        None => resolution::depth_first(&bases),
    };
    Ok(Class {
        name,
        qualified,
        file,
        bases,
        above,
        options: RefCell::default(),
        declared: Vec::new(),
        scope: inner,
        def: it,
        kind,
        open,
        members,
    })
}

/// A metaclass of the bundle may give the class anything.
fn has_metaclass<'a>(
    machine: &mut Machine<'a>,
    it: &'a StmtClassDef,
    scope: ScopeId,
) -> Result<bool, Stop<'a>> {
    let found = it.keywords().iter().find(|it| it.arg.as_deref() == Some("metaclass"));
    let Some(found) = found else { return Ok(false) };
    let value = expression::value(machine, &found.value, scope)?;
    Ok(expression::dotted(&value).is_none_or(|it| &**it != "abc.ABCMeta"))
}

/// Tells the methods which class they are of, for `super()`.
pub(super) fn adopt<'a>(machine: &Machine<'a>, class: &Rc<Class<'a>>) {
    let Some(scope) = machine.scopes.get(class.scope) else { return };
    for value in scope.values.values() {
        own(value, class);
    }
}

fn own<'a>(value: &Value<'a>, class: &Rc<Class<'a>>) {
    match value {
        Value::Function(it) => {
            let mut home = it.class.borrow_mut();
            if home.is_none() {
                *home = Some(Rc::clone(class));
            }
        }
        Value::Descriptor(_, it) => match &**it {
            Value::Tuple(parts) => parts.iter().for_each(|it| own(it, class)),
            inner => own(inner, class),
        },
        _ => {}
    }
}

/// Bases that give their classes nothing that is not known here.
const CLOSED: [&str; 25] = [
    "builtins.BaseException",
    "builtins.float",
    "builtins.set",
    "builtins.tuple",
    "builtins.RuntimeError",
    "builtins.ValueError",
    "typing_extensions.Protocol",
    "abc.ABC",
    "builtins.dict",
    "builtins.int",
    "builtins.list",
    "builtins.object",
    "builtins.str",
    "enum.Enum",
    "enum.Flag",
    "enum.IntEnum",
    "enum.IntFlag",
    "enum.StrEnum",
    "pydantic.BaseModel",
    "typing.Generic",
    "typing.NamedTuple",
    "typing.Protocol",
    "typing.TypedDict",
    "typing_extensions.TypedDict",
    "builtins.Exception",
];

pub(super) fn is_open(base: &Value<'_>) -> bool {
    match base {
        Value::Class(it) => it.open,
        Value::Outside(name) => !CLOSED.contains(&&**name),
        _ => true,
    }
}

pub(super) fn kind(bases: &[Value<'_>]) -> Kind {
    for base in bases {
        let found = match base {
            Value::Class(it) => it.kind.get(),
            other => expression::dotted(other).map_or(Kind::Plain, |it| of_installed(it)),
        };
        if found != Kind::Plain {
            return found;
        }
    }
    Kind::Plain
}

fn of_installed(dotted: &str) -> Kind {
    let name = dotted.rsplit('.').next().unwrap_or(dotted);
    match name {
        "Enum" | "Flag" => Kind::Enum { plain: false },
        "StrEnum" | "IntEnum" | "IntFlag" => Kind::Enum { plain: true },
        "BaseModel" | "SQLModel" | "RunInput" => Kind::Model,
        "BaseSettings" => Kind::Settings,
        "NamedTuple" => Kind::NamedTuple,
        "TypedDict" => Kind::TypedDict,
        "SystemExit" | "KeyboardInterrupt" | "StopIteration" => Kind::Exception,
        name if ["Error", "Exception", "Warning"].iter().any(|it| name.ends_with(it)) => {
            Kind::Exception
        }
        _ => Kind::Plain,
    }
}
