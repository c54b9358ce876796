//! `class`: the body, the bases, the decorators.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use ruff_python_ast::{Expr, StmtClassDef};

use super::{Class, Kind, enumeration};
use crate::evaluate::call::{self, Args};
use crate::evaluate::machine::{Machine, Stop};
use crate::evaluate::scope::{Kind as Block, ScopeId};
use crate::evaluate::value::Value;
use crate::evaluate::{expression, statement};

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
    let mut bases = Vec::new();
    for base in it.bases() {
        // a generic base is the class before the brackets
        let base = if let Expr::Subscript(it) = base { &it.value } else { base };
        bases.push(expression::value(machine, base, scope)?);
    }
    let class = Rc::new(body(machine, it, bases, scope)?);
    adopt(machine, &class);
    enumeration::collect(machine, &class)?;
    machine.go(&it.name, scope);
    let mut value = Value::Class(class);
    for decorator in decorators.iter().rev() {
        value = call::value(machine, decorator, Args::of(vec![value]))?;
    }
    machine.scopes.bind(scope, it.name.as_str(), value);
    Ok(())
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
    let open = bases.iter().any(is_open);
    let kind = Cell::new(kind(&bases));
    let (name, members) = (it.name.as_str().into(), RefCell::default());
    Ok(Class { name, qualified, file, bases, scope: inner, def: it, kind, open, members })
}

/// Tells the methods which class they are of, for `super()`.
fn adopt<'a>(machine: &Machine<'a>, class: &Rc<Class<'a>>) {
    let Some(scope) = machine.scopes.get(class.scope) else { return };
    for value in scope.values.values() {
        let function = match value {
            Value::Function(it) => it,
            Value::Descriptor(_, it) => match &**it {
                Value::Function(it) => it,
                _ => continue,
            },
            _ => continue,
        };
        let mut home = function.class.borrow_mut();
        if home.is_none() {
            *home = Some(Rc::clone(class));
        }
    }
}

/// Bases that give their classes nothing that is not known here.
const CLOSED: [&str; 18] = [
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

fn is_open(base: &Value<'_>) -> bool {
    match base {
        Value::Class(it) => it.open,
        Value::Outside(name) => !CLOSED.contains(&&**name),
        _ => true,
    }
}

fn kind(bases: &[Value<'_>]) -> Kind {
    for base in bases {
        let found = match base {
            Value::Class(it) => it.kind.get(),
            Value::Outside(name) => of_installed(name),
            _ => Kind::Plain,
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
        name if name.ends_with("Error") || name.ends_with("Exception") => Kind::Exception,
        _ => Kind::Plain,
    }
}
