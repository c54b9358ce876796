//! Classes that are made of fields: dataclasses, pydantic models, named tuples.

use std::cell::RefCell;
use std::rc::Rc;

use ruff_python_ast::{Expr, Stmt};

use super::{Class, Instance, Kind};
use crate::evaluate::attribute::native;
use crate::evaluate::call::{self, Args};
use crate::evaluate::dict::Dict;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::Value;
use crate::evaluate::{attribute, expression};

/// A field as its class declares it.
#[derive(Debug, Clone)]
pub(super) struct Field<'a> {
    pub(super) name: Rc<str>,
    /// What stands after `=`.
    pub(super) default: Option<Value<'a>>,
    pub(super) annotation: &'a Expr,
    /// The class that declares it.
    pub(super) class: Rc<Class<'a>>,
}

/// The fields of `class` and of those above it, theirs first.
pub(super) fn fields<'a>(machine: &Machine<'a>, class: &Rc<Class<'a>>) -> Vec<Field<'a>> {
    let mut out: Vec<Field<'a>> = Vec::new();
    for base in class.bases.iter().rev() {
        if let Value::Class(it) = base {
            out.extend(fields(machine, it));
        }
    }
    for it in &class.def.body {
        let Stmt::AnnAssign(it) = it else { continue };
        let Expr::Name(name) = &*it.target else { continue };
        if is_class_variable(&it.annotation) {
            continue;
        }
        let scope = machine.scopes.get(class.scope);
        let default = it.value.as_ref().and_then(|_| scope?.values.get(name.id.as_str()).cloned());
        let (annotation, class) = (&*it.annotation, Rc::clone(class));
        let field = Field { name: name.id.as_str().into(), default, annotation, class };
        match out.iter_mut().find(|it| it.name == field.name) {
            Some(it) => *it = field,
            None => out.push(field),
        }
    }
    out
}

fn is_class_variable(annotation: &Expr) -> bool {
    let base = if let Expr::Subscript(it) = annotation { &it.value } else { annotation };
    match base {
        Expr::Name(it) => it.id.as_str() == "ClassVar",
        Expr::Attribute(it) => it.attr.as_str() == "ClassVar",
        _ => false,
    }
}

/// Gives the fields of a dataclass or model their values.
pub(super) fn fill<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Instance<'a>>,
    args: Args<'a>,
) -> Result<(), Stop<'a>> {
    let mut positional = args.positional.into_iter();
    let mut named = args.named;
    let is_model = it.class.kind.get() != Kind::Dataclass;
    for field in fields(machine, &it.class) {
        let key = alias(&field).unwrap_or_else(|| Rc::clone(&field.name));
        let at = named.iter().position(|(it, _)| *it == key || *it == field.name);
        let given = at.map(|at| named.remove(at).1);
        let given = given.or_else(|| if is_model { None } else { positional.next() });
        let value = match given.or_else(|| args.open.clone()) {
            Some(it) if is_model => coerced(machine, &field, it)?,
            Some(it) => it,
            None => default(machine, &field)?,
        };
        it.fields.borrow_mut().insert(Rc::clone(&field.name), value);
    }
    if let (Some((name, _)), Kind::Dataclass) = (named.first(), it.class.kind.get()) {
        let message = format!("{}() got an unexpected keyword argument '{name}'", it.class.name);
        return machine.raise("TypeError", message);
    }
    let hooks = if is_model { "model_post_init" } else { "__post_init__" };
    if it.class.find(machine, hooks).is_some() {
        let args = if is_model { Args::of(vec![Value::None]) } else { Args::none() };
        attribute::call(machine, &Value::Instance(Rc::clone(it)), hooks, args)?;
    }
    Ok(())
}

/// `Field(alias="…")`
fn alias(field: &Field<'_>) -> Option<Rc<str>> {
    let Some(Value::Object(it)) = &field.default else { return None };
    let fields = it.fields.borrow();
    let alias = fields.get("validation_alias").or_else(|| fields.get("alias"));
    alias.and_then(Value::as_text).cloned()
}

/// A mapping that is given for a model is made one.
fn coerced<'a>(machine: &mut Machine<'a>, field: &Field<'a>, value: Value<'a>) -> Eval<'a> {
    match &value {
        Value::Dict(dict) => {
            let class = class_of(machine, field);
            let Some(Value::Class(class)) =
                class.filter(|it| matches!(it, Value::Class(it) if it.is_data()))
            else {
                return Ok(value);
            };
            let mut args = Args::none();
            for (key, it) in dict.borrow().iter() {
                if let Some(name) = key.as_text() {
                    args.named.push((Rc::clone(name), it.clone()));
                }
            }
            super::construct(machine, &class, args)
        }
        Value::Text(text) => Ok(match class_of(machine, field) {
            Some(Value::Class(class)) if class.is_enum() => {
                super::construct(machine, &class, Args::of(vec![value.clone()]))?
            }
            Some(Value::Outside(name)) => match &*name {
                "builtins.int" => text.trim().parse().map_or(value.clone(), Value::Int),
                "builtins.float" => text.trim().parse().map_or(value.clone(), Value::Float),
                "builtins.bool" => match text.to_lowercase().as_str() {
                    "1" | "true" | "yes" | "on" | "t" | "y" => Value::Bool(true),
                    "0" | "false" | "no" | "off" | "f" | "n" => Value::Bool(false),
                    _ => value.clone(),
                },
                "pathlib.Path" => Value::Path(Rc::clone(text)),
                _ => value.clone(),
            },
            _ => value.clone(),
        }),
        _ => Ok(value),
    }
}

/// The value of the annotation, when it is a plain name.
pub(super) fn class_of<'a>(machine: &mut Machine<'a>, field: &Field<'a>) -> Option<Value<'a>> {
    let (Expr::Name(_) | Expr::Attribute(_)) = field.annotation else { return None };
    let at = machine.at;
    let found = expression::value(machine, field.annotation, field.class.scope).ok();
    machine.at = at;
    found
}

/// Gives a field that is read from a text its value.
pub(super) fn of_text<'a>(
    machine: &mut Machine<'a>,
    field: &Field<'a>,
    value: Value<'a>,
) -> Eval<'a> {
    coerced(machine, field, value)
}

/// What the field has when it is not given.
pub(super) fn default<'a>(machine: &mut Machine<'a>, field: &Field<'a>) -> Eval<'a> {
    let Some(default) = &field.default else {
        let message = format!("{}() missing argument '{}'", field.class.name, field.name);
        return machine.raise("TypeError", message);
    };
    let Value::Object(it) = default else { return Ok(fresh(default)) };
    if !it.class.ends_with("ield") {
        return Ok(default.clone());
    }
    let given = |name: &str| it.fields.borrow().get(name).cloned();
    if let Some(factory) = given("default_factory") {
        return call::value(machine, &factory, Args::none());
    }
    match given("default").or_else(|| it.positional.first().cloned()) {
        Some(Value::Ellipsis) | None => {
            let message = format!("{}() missing argument '{}'", field.class.name, field.name);
            machine.raise("TypeError", message)
        }
        Some(it) => Ok(fresh(&it)),
    }
}

/// Pydantic copies a list or mapping that is a default.
fn fresh<'a>(it: &Value<'a>) -> Value<'a> {
    match it {
        Value::List(it) => Value::list(it.borrow().clone()),
        Value::Dict(it) => Value::dict(it.borrow().clone()),
        other => other.clone(),
    }
}

/// An object of a `NamedTuple`.
pub(super) fn named_tuple<'a>(
    machine: &mut Machine<'a>,
    class: &Rc<Class<'a>>,
    args: Args<'a>,
) -> Eval<'a> {
    let empty = Instance { class: Rc::clone(class), fields: RefCell::default(), value: None };
    let it = Rc::new(empty);
    let declared = fields(machine, class);
    let mut positional = args.positional.into_iter();
    let mut items = Vec::new();
    for field in &declared {
        let named = args.named.iter().find(|(it, _)| *it == field.name).map(|(_, it)| it.clone());
        let value = match positional.next().or(named) {
            Some(it) => it,
            None => default(machine, field)?,
        };
        it.fields.borrow_mut().insert(Rc::clone(&field.name), value.clone());
        items.push(value);
    }
    let fields = it.fields.take();
    let value = Some(Value::tuple(items));
    Ok(Value::Instance(Rc::new(Instance {
        class: Rc::clone(class),
        fields: RefCell::new(fields),
        value,
    })))
}

/// Methods that such classes have of themselves.
const METHODS: [&str; 12] = [
    "model_dump",
    "dict",
    "model_copy",
    "copy",
    "json",
    "model_dump_json",
    "_asdict",
    "_replace",
    "model_fields_set",
    "__dict__",
    "with_traceback",
    "add_note",
];

/// The method `name`, if objects of the kind have it.
pub(super) fn method<'a>(
    machine: &Machine<'a>,
    it: &Rc<Instance<'a>>,
    name: &str,
) -> Option<Value<'a>> {
    let owner = Value::Instance(Rc::clone(it));
    if name == "__class__" {
        return Some(Value::Class(Rc::clone(&it.class)));
    }
    if name == "__dict__" {
        return Some(Value::dict(as_dict(it)));
    }
    let of_data = it.class.is_data() && METHODS.contains(&name);
    let of_exception = it.class.kind.get() == Kind::Exception && METHODS.contains(&name);
    let mixed = it.value.as_ref().filter(|_| it.mixed_text().is_some() || it.mixed_int().is_some());
    if of_data || of_exception {
        return Some(native(&owner, name));
    }
    let value = mixed.filter(|it| crate::evaluate::methods::has(it, name));
    let _only_names = machine;
    value.map(|it| native(it, name))
}

/// The fields by name.
pub(in super::super) fn as_dict<'a>(it: &Instance<'a>) -> Dict<'a> {
    it.fields.borrow().iter().map(|(name, it)| (Value::Text(Rc::clone(name)), it.clone())).collect()
}

/// What `super().__init__` of a class without a parent of the bundle does.
pub(super) fn filler<'a>(it: &Rc<Instance<'a>>) -> Value<'a> {
    native(&Value::Instance(Rc::clone(it)), "__init__")
}

/// `Model.model_validate`, `Color.__members__` and the like.
pub(in super::super) fn own<'a>(
    machine: &mut Machine<'a>,
    class: &Rc<Class<'a>>,
    name: &str,
) -> Eval<'a> {
    let owner = Value::Class(Rc::clone(class));
    Ok(match name {
        "__name__" => Value::Text(Rc::clone(&class.name)),
        "__qualname__" => Value::Text(Rc::clone(&class.qualified)),
        "__members__" if class.is_enum() => {
            let members = class.members.borrow();
            let pairs = members.iter().filter_map(|it| {
                Some((Value::Text(it.text_field("name")?), Value::Instance(Rc::clone(it))))
            });
            Value::dict(pairs.collect())
        }
        "model_validate" | "parse_obj" | "model_construct" | "construct" if class.is_data() => {
            native(&owner, name)
        }
        "_fields" if class.kind.get() == Kind::NamedTuple => Value::tuple(
            fields(machine, class).into_iter().map(|it| Value::Text(it.name)).collect(),
        ),
        "__doc__" => crate::evaluate::methods::doc(&class.def.body),
        // a block type of the bundle's own
        "load" | "aload" if !class.installed_bases().is_empty() => native(&owner, name),
        _ if class.open => machine.unknown(format!("`{name}` of {}", class.name)),
        _ => {
            let message = format!("type object '{}' has no attribute '{name}'", class.name);
            return machine.raise("AttributeError", message);
        }
    })
}
