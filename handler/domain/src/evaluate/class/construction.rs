//! Objects of classes of the bundle, and classes that are made by calls.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::LazyLock;

use ruff_python_ast::{Arguments, AtomicNodeIndex, Identifier, StmtClassDef};
use ruff_text_size::TextRange;

use super::{Class, Instance, Kind, enumeration, filling, named_tuple, resolution, settings};
use crate::evaluate::attribute;
use crate::evaluate::call::{self, Args};
use crate::evaluate::fields::Fields;
use crate::evaluate::installed;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::scope::Kind as Block;
use crate::evaluate::value::Value;

/// What `Class(…)` gives.
pub(in super::super) fn construct<'a>(
    machine: &mut Machine<'a>,
    class: &Rc<Class<'a>>,
    args: Args<'a>,
) -> Eval<'a> {
    if class.is_enum() {
        return enumeration::by_value(machine, class, args);
    }
    if class.kind.get() == Kind::TypedDict {
        return installed::call(machine, &"builtins.dict".into(), args);
    }
    if let Some(new) = class.find(machine, "__new__") {
        let given = args.clone().after(Value::Class(Rc::clone(class)));
        let made = call::value(machine, &new, given)?;
        return match &made {
            Value::Instance(it) if it.class.is_or_inherits(class) => {
                initialise(machine, it, args)?;
                Ok(made)
            }
            _ => Ok(made),
        };
    }
    if class.kind.get() == Kind::NamedTuple {
        return named_tuple::made(machine, class, args);
    }
    let value = underlying(machine, class, &args)?;
    let instance = Rc::new(Instance { value, ..empty(class) });
    initialise(machine, &instance, args)?;
    Ok(Value::Instance(instance))
}

/// An object without attributes.
pub(in super::super) fn empty<'a>(class: &Rc<Class<'a>>) -> Instance<'a> {
    Instance { class: Rc::clone(class), fields: RefCell::default(), value: None }
}

/// The text, number, list or dictionary that an object of a class below such a class is.
fn underlying<'a>(
    machine: &mut Machine<'a>,
    class: &Class<'a>,
    args: &Args<'a>,
) -> Result<Option<Value<'a>>, Stop<'a>> {
    const BUILT_IN: [&str; 8] =
        ["dict", "list", "str", "int", "float", "tuple", "set", "frozenset"];
    let base = class.installed_bases().into_iter().find(|it| {
        it.strip_prefix("builtins.").is_some_and(|it| BUILT_IN.contains(&it))
            || matches!(
                &**it,
                "collections.UserDict" | "collections.OrderedDict" | "collections.UserList"
            )
    });
    let Some(base) = base else { return Ok(None) };
    let has_init = class.find(machine, "__init__").is_some();
    let base = match &*base {
        "collections.UserDict" | "collections.OrderedDict" => "builtins.dict".into(),
        "collections.UserList" => "builtins.list".into(),
        _ => base,
    };
    let given = match &*base {
        // filled by `super().__init__(…)`
        "builtins.dict" | "builtins.list" | "builtins.set" if has_init => Args::none(),
        _ => args.clone(),
    };
    installed::call(machine, &base, given).map(Some)
}

fn initialise<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Instance<'a>>,
    args: Args<'a>,
) -> Result<(), Stop<'a>> {
    let (class, kind) = (&it.class, it.class.kind.get());
    let arguments = || Value::tuple(args.positional.clone());
    if kind == Kind::Exception {
        it.fields.borrow_mut().insert("args".into(), arguments());
    }
    if let Some(init) = class.find(machine, "__init__") {
        let args = args.after(Value::Instance(Rc::clone(it)));
        return call::value(machine, &init, args).map(|_| ());
    }
    match kind {
        Kind::Dataclass | Kind::Model => filling::fill(machine, it, args),
        Kind::Settings => settings::fill(machine, it, args),
        Kind::Exception => Ok(()),
        _ if class.open => {
            // the constructor is not of the bundle: what is given by name is probably kept by that name
            it.fields.borrow_mut().extend(args.named);
            Ok(())
        }
        _ if args.positional.is_empty() && args.named.is_empty() || it.value.is_some() => Ok(()),
        _ if class.find(machine, "__new__").is_some() => Ok(()),
        _ => machine.raise("TypeError", format!("{}() takes no arguments", class.name)),
    }
}

/// What `super().__init__(…)` of a class without a parent of the bundle does.
pub(in super::super) fn filled<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Instance<'a>>,
    args: Args<'a>,
) -> Eval<'a> {
    match (it.class.kind.get(), &it.value) {
        (Kind::Exception, _) => {
            it.fields.borrow_mut().insert("args".into(), Value::tuple(args.positional));
        }
        (Kind::Dataclass | Kind::Model, _) => filling::fill(machine, it, args)?,
        (Kind::Settings, _) => settings::fill(machine, it, args)?,
        (_, Some(value @ (Value::Dict(_) | Value::Set(_)))) => {
            attribute::call(machine, value, "update", args)?;
        }
        (_, Some(value @ Value::List(_))) if !args.positional.is_empty() => {
            attribute::call(machine, value, "extend", args)?;
        }
        _ => it.fields.borrow_mut().extend(args.named),
    }
    Ok(Value::None)
}

/// The body of a class that has none.
static NO_BODY: LazyLock<StmtClassDef> = LazyLock::new(|| StmtClassDef {
    node_index: AtomicNodeIndex::NONE,
    range: TextRange::default(),
    decorator_list: Vec::new().into(),
    name: Identifier::new("made", TextRange::default()),
    type_params: None,
    arguments: None::<Box<Arguments>>,
    body: Vec::new().into(),
});

/// A class that a call makes: `namedtuple("P", "x y")`.
pub(in super::super) fn made<'a>(
    machine: &mut Machine<'a>,
    name: &str,
    kind: Kind,
    bases: Vec<Value<'a>>,
    declared: Vec<(Rc<str>, Option<Value<'a>>)>,
) -> Rc<Class<'a>> {
    let main = machine.modules.get(&machine.main).copied();
    let scope = match main {
        Some(outer) => machine.scopes.inner(outer, Block::Class),
        None => machine.scopes.module(machine.main),
    };
    let above = resolution::above(&bases).unwrap_or_default();
    Rc::new(Class {
        name: name.into(),
        qualified: name.into(),
        file: machine.at.file,
        bases,
        above,
        options: RefCell::default(),
        declared,
        scope,
        def: &NO_BODY,
        kind: Cell::new(kind),
        open: false,
        members: RefCell::default(),
    })
}

/// An object of `class` with these attributes.
pub(super) fn with<'a>(
    class: &Rc<Class<'a>>,
    fields: Fields<'a>,
    value: Option<Value<'a>>,
) -> Value<'a> {
    let class = Rc::clone(class);
    Value::Instance(Rc::new(Instance { class, fields: RefCell::new(fields), value }))
}
