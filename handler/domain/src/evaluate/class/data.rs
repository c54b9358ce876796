//! Classes that are made of fields: dataclasses, pydantic models, named tuples.

use std::rc::Rc;
use std::sync::LazyLock;

use ruff_python_ast::{AtomicNodeIndex, Expr, ExprEllipsisLiteral, Stmt};
use ruff_text_size::TextRange;

use super::{Class, Instance, Kind, field_info};
use crate::evaluate::attribute::native;
use crate::evaluate::dict::Dict;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::Value;

/// A field as its class declares it.
#[derive(Debug, Clone)]
pub(in super::super) struct Field<'a> {
    pub(in super::super) name: Rc<str>,
    /// What stands after `=`.
    pub(in super::super) default: Option<Value<'a>>,
    pub(in super::super) annotation: &'a Expr,
    /// The class that declares it.
    pub(in super::super) class: Rc<Class<'a>>,
    /// It comes after `_: KW_ONLY`.
    pub(super) by_name: bool,
}

/// The annotation of fields that have none.
static NO_ANNOTATION: LazyLock<Expr> = LazyLock::new(|| {
    Expr::EllipsisLiteral(ExprEllipsisLiteral {
        node_index: AtomicNodeIndex::NONE,
        range: TextRange::default(),
    })
});

/// The fields of `class` and of those above it, theirs first.
pub(in super::super) fn fields<'a>(machine: &Machine<'a>, class: &Rc<Class<'a>>) -> Vec<Field<'a>> {
    let above: Vec<&Rc<Class<'a>>> = class.parents().collect();
    let mut out: Vec<Field<'a>> = Vec::new();
    for it in above.into_iter().rev().chain([class]) {
        for field in declared(machine, it) {
            match out.iter_mut().find(|it| it.name == field.name) {
                Some(it) => *it = field,
                None => out.push(field),
            }
        }
    }
    out
}

/// The fields that the class itself declares.
fn declared<'a>(machine: &Machine<'a>, class: &Rc<Class<'a>>) -> Vec<Field<'a>> {
    let made = class.declared.iter().map(|(name, default)| Field {
        name: Rc::clone(name),
        default: default.clone(),
        annotation: &NO_ANNOTATION,
        class: Rc::clone(class),
        by_name: false,
    });
    let mut out: Vec<Field<'a>> = made.collect();
    let scope = machine.scopes.get(class.scope);
    let mut by_name = class.has_option("kw_only");
    for it in &class.def.body {
        let Stmt::AnnAssign(it) = it else { continue };
        let Expr::Name(name) = &*it.target else { continue };
        if is_named(&it.annotation, "KW_ONLY") {
            by_name = true;
        }
        if ["ClassVar", "KW_ONLY"].iter().any(|kind| is_named(&it.annotation, kind)) {
            continue;
        }
        let default = it.value.as_ref().and_then(|_| scope?.values.get(name.id.as_str()).cloned());
        let (annotation, class) = (&*it.annotation, Rc::clone(class));
        out.push(Field { name: name.id.as_str().into(), default, annotation, class, by_name });
    }
    out
}

/// Whether the annotation is `name`, `module.name` or `name[…]`.
pub(in crate::evaluate) fn is_named(annotation: &Expr, name: &str) -> bool {
    let base = if let Expr::Subscript(it) = annotation { &it.value } else { annotation };
    match base {
        Expr::Name(it) => it.id.as_str() == name,
        Expr::Attribute(it) => it.attr.as_str() == name,
        _ => false,
    }
}

/// Methods that such classes have of themselves.
const METHODS: [&str; 10] = [
    "model_dump",
    "dict",
    "model_copy",
    "copy",
    "json",
    "model_dump_json",
    "_asdict",
    "_replace",
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
    match name {
        "__class__" => return Some(Value::Class(Rc::clone(&it.class))),
        "__dict__" => {
            let kind = crate::evaluate::dict::Kind::Of(Rc::clone(it));
            return Some(Value::dict(as_dict(it).of_kind(kind)));
        }
        "__doc__" => return Some(crate::evaluate::methods::doc(&it.class.def.body)),
        "__module__" => return Some(crate::evaluate::import::name_of(machine, it.class.file)),
        "model_fields" if it.class.is_data() => return Some(field_names(machine, &it.class)),
        "model_fields_set" if it.class.is_model() => {
            let fields = it.fields.borrow();
            let names = fields.stated().iter().map(|it| Value::Text(Rc::clone(it)));
            return Some(Value::set(names));
        }
        _ => {}
    }
    let kind = it.class.kind.get();
    if kind == Kind::Exception && matches!(name, "__cause__" | "__context__") {
        return Some(Value::None);
    }
    let of_exception = kind == Kind::Exception && matches!(name, "with_traceback" | "add_note");
    if it.class.is_data() && METHODS.contains(&name) && (kind != Kind::Dataclass) || of_exception {
        return Some(native(&owner, name));
    }
    let is_value = !it.class.is_enum() || it.mixed_text().is_some() || it.mixed_int().is_some();
    let value = it.value.as_ref().filter(|it| is_value && crate::evaluate::methods::has(it, name));
    value.map(|it| native(it, name))
}

fn field_names<'a>(machine: &Machine<'a>, class: &Rc<Class<'a>>) -> Value<'a> {
    let is_told = class.is_model() && !class.open;
    let told = |it: &Field<'a>| {
        if is_told { field_info::of(machine, it) } else { machine.unknown("a field") }
    };
    let all = fields(machine, class).into_iter();
    Value::dict(all.map(|it| (Value::Text(Rc::clone(&it.name)), told(&it))).collect())
}

/// The attributes by name, in the order in which they were set.
pub(in super::super) fn as_dict<'a>(it: &Instance<'a>) -> Dict<'a> {
    it.fields.borrow().iter().map(|(name, it)| (Value::Text(Rc::clone(name)), it.clone())).collect()
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
        "model_validate"
        | "model_validate_json"
        | "parse_obj"
        | "parse_raw"
        | "model_construct"
        | "construct"
            if class.is_data() =>
        {
            native(&owner, name)
        }
        "_fields" if class.kind.get() == Kind::NamedTuple => Value::tuple(
            fields(machine, class).into_iter().map(|it| Value::Text(it.name)).collect(),
        ),
        "_make" if class.kind.get() == Kind::NamedTuple => native(&owner, name),
        "model_fields" | "__dataclass_fields__" if class.is_data() => field_names(machine, class),
        "__mro__" => Value::tuple(line(class)),
        "mro" | "__new__" | "__init_subclass__" | "__subclasses__" => native(&owner, name),
        "__bases__" => Value::tuple(class.bases.clone()),
        "__module__" => crate::evaluate::import::name_of(machine, class.file),
        "__class__" => Value::outside("builtins.type"),
        "__dict__" => names_of(machine, class),
        "__annotations__" => machine.unknown("annotations"),
        "__doc__" => crate::evaluate::methods::doc(&class.def.body),
        // a block type of the bundle's own
        "load" | "aload" if !class.installed_bases().is_empty() => native(&owner, name),
        _ if let Some(base) = builtin_with(class, name) => Value::outside(format!("{base}.{name}")),
        _ if class.open => machine.unknown(format!("`{name}` of {}", class.name)),
        _ => {
            if class.is_enum() {
                return machine.raise("AttributeError", name);
            }
            let message = format!("type object '{}' has no attribute '{name}'", class.name);
            return machine.raise("AttributeError", message);
        }
    })
}

/// Python's own class above `class` that has `name`; of those whose names are not known the first is taken to have it.
fn builtin_with(class: &Class<'_>, name: &str) -> Option<Rc<str>> {
    class.installed_bases().into_iter().find_map(|it| {
        let builtin: Rc<str> = match &*it {
            "enum.IntEnum" | "enum.IntFlag" => "builtins.int".into(),
            "enum.StrEnum" => "builtins.str".into(),
            _ => it,
        };
        let kind = builtin.strip_prefix("builtins.").filter(|it| *it != "object")?;
        let has = crate::evaluate::methods::class_has(kind, name) != Some(false);
        has.then_some(builtin)
    })
}

/// The class and those above it.
pub(in super::super) fn line<'a>(class: &Rc<Class<'a>>) -> Vec<Value<'a>> {
    let own = std::iter::once(Value::Class(Rc::clone(class)));
    let object = Value::outside("builtins.object");
    let rest = class.above.iter().filter(|it| !it.is_same(&object)).cloned();
    own.chain(rest).chain([object.clone()]).collect()
}

/// What the body of the class binds.
pub(in super::super) fn names_of<'a>(machine: &Machine<'a>, class: &Class<'a>) -> Value<'a> {
    let Some(scope) = machine.scopes.get(class.scope) else { return Value::None };
    let pairs = scope
        .names
        .iter()
        .filter_map(|name| Some((Value::Text(Rc::clone(name)), scope.values.get(name)?.clone())));
    Value::dict(pairs.collect())
}
