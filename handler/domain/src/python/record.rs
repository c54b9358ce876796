//! Classes that are their fields: pydantic models, dataclasses, `TypedDict`, `NamedTuple`.

use ruff_python_ast::{Decorator, Expr, Identifier, Stmt, StmtAnnAssign, StmtAssign, StmtClassDef};

use super::names::Bound;
use super::parse;
use super::scope::{Found, Scope};

/// Deepest inheritance.
const MAX_BASES: usize = 20;

/// Most fields of a class.
const MAX_FIELDS: usize = 500;

/// What kind of class it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// `BaseModel`.
    Model,
    /// `@dataclass`.
    Dataclass,
    /// `TypedDict`; a field without `Required` is required when `total`.
    TypedDict {
        /// `total=` of the class.
        total: bool,
    },
    /// `NamedTuple`.
    NamedTuple,
}

/// A field, in the order of the class; one that a subclass repeats keeps its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field<'a> {
    /// Its name in Python.
    pub(super) name: &'a str,
    /// Where its expressions are read.
    pub(super) scope: Scope<'a>,
    /// Its type.
    pub(super) annotation: &'a Expr,
    /// What stands behind `=`.
    pub(super) default: Option<&'a Expr>,
    /// Whether one of a `TypedDict` is required.
    pub(super) total: bool,
}

/// A class and what it inherits.
#[derive(Debug)]
pub(super) struct Record<'a> {
    /// What kind it is.
    pub(super) shape: Shape,
    /// Its fields.
    pub(super) fields: Vec<Field<'a>>,
    /// `model_config`, the last one first.
    pub(super) config: Vec<(&'a str, &'a Expr, Scope<'a>)>,
}

/// The fields of `class`, `None` when it has none of these shapes.
///
/// # Errors
/// What of it cannot be read without running it.
pub(super) fn of<'a>(
    class: &'a StmtClassDef,
    scope: &Scope<'a>,
    depth: usize,
) -> Result<Option<Record<'a>>, String> {
    if depth > MAX_BASES || !scope.step() {
        return Err(format!("the bases of `{}`", class.name));
    }
    let mut decorators = class.decorator_list.iter();
    let dataclass = decorators.clone().any(|it| is_dataclass(it, scope));
    let bases = inherit(class, scope, depth)?;
    let Some(shape) = dataclass.then_some(Shape::Dataclass).or(bases.shape) else {
        return Ok(None);
    };
    if let Some(name) = bases.unknown {
        return Err(format!("{name} of `{}`", class.name));
    }
    if decorators.any(|it| !is_dataclass(it, scope)) {
        return Err(format!("the decorator of `{}`", class.name));
    }
    let mut record = Record { shape, fields: bases.fields, config: bases.config };
    body(class, scope, &mut record)?;
    if record.fields.len() > MAX_FIELDS {
        return Err(format!("so large a class as `{}`", class.name));
    }
    Ok(Some(record))
}

/// What the bases of a class give.
#[derive(Default)]
struct Bases<'a> {
    shape: Option<Shape>,
    fields: Vec<Field<'a>>,
    config: Vec<(&'a str, &'a Expr, Scope<'a>)>,
    /// One that is not known.
    unknown: Option<String>,
}

fn inherit<'a>(
    class: &'a StmtClassDef,
    scope: &Scope<'a>,
    depth: usize,
) -> Result<Bases<'a>, String> {
    let mut out = Bases::default();
    for base in class.arguments.iter().flat_map(|it| it.args.iter().rev()) {
        match scope.resolve(base) {
            Some(Found::Here(scope, Bound::Class(parent))) => {
                let Some(parent) = of(parent, &scope, depth + 1)? else { continue };
                out.shape = out.shape.or(Some(parent.shape));
                parent.fields.into_iter().for_each(|it| put(&mut out.fields, it));
                out.config.splice(0..0, parent.config);
            }
            Some(Found::Outside(name)) => match outside(&name, class) {
                Base::Gives(found) => out.shape = out.shape.or(Some(found)),
                Base::Nothing => {}
                Base::Unknown => out.unknown = Some(format!("`{name}`")),
            },
            _ => out.unknown = Some("a base".to_owned()),
        }
    }
    Ok(out)
}

fn is_dataclass(it: &Decorator, scope: &Scope<'_>) -> bool {
    let name = if let Expr::Call(it) = &it.expression { &it.func } else { &it.expression };
    matches!(
        scope.dotted(name).as_deref(),
        Some("dataclasses.dataclass" | "pydantic.dataclasses.dataclass")
    )
}

/// A base outside the bundle.
enum Base {
    Gives(Shape),
    Nothing,
    Unknown,
}

fn outside(name: &str, class: &StmtClassDef) -> Base {
    let total = class.arguments.as_ref().and_then(|it| it.find_keyword("total"));
    let total = total.and_then(|it| it.value.as_boolean_literal_expr()).is_none_or(|it| it.value);
    match name {
        "pydantic.BaseModel" | "pydantic.main.BaseModel" => Base::Gives(Shape::Model),
        "typing.TypedDict" | "typing_extensions.TypedDict" => {
            Base::Gives(Shape::TypedDict { total })
        }
        "typing.NamedTuple" | "typing_extensions.NamedTuple" => Base::Gives(Shape::NamedTuple),
        "builtins.object" | "abc.ABC" => Base::Nothing,
        _ => Base::Unknown,
    }
}

fn body<'a>(
    class: &'a StmtClassDef,
    scope: &Scope<'a>,
    record: &mut Record<'a>,
) -> Result<(), String> {
    let keywords = class.arguments.iter().flat_map(|it| &it.keywords);
    if record.shape == Shape::Model {
        configure(keywords.map(|it| (it.arg.as_ref(), &it.value)), scope, record);
    }
    for stmt in &class.body {
        scope.step();
        match stmt {
            Stmt::AnnAssign(it) if record.fields.len() <= MAX_FIELDS => field(it, scope, record),
            Stmt::Assign(it) if record.shape == Shape::Model && sets_config(it) => {
                let call = it.value.as_call_expr();
                let call = call.ok_or_else(|| format!("`model_config` of `{}`", class.name))?;
                let given = call.arguments.keywords.iter();
                configure(given.map(|it| (it.arg.as_ref(), &it.value)), scope, record);
            }
            _ => {}
        }
        if let Some(name) = overrides(stmt) {
            return Err(format!("`{name}` of `{}`", class.name));
        }
    }
    Ok(())
}

fn sets_config(it: &StmtAssign) -> bool {
    it.targets.iter().any(|it| it.as_name_expr().is_some_and(|it| it.id == "model_config"))
}

/// The name of what may change the schema in any way.
fn overrides(stmt: &Stmt) -> Option<&str> {
    match stmt {
        Stmt::ClassDef(it) => Some(it.name.as_str()).filter(|it| *it == "Config"),
        Stmt::FunctionDef(it) => {
            let name = it.name.as_str();
            let replaced = it.decorator_list.iter().any(replaces);
            (replaced || name.starts_with("__get_pydantic")).then_some(name)
        }
        _ => None,
    }
}

/// A validator with `mode="plain"` or `"wrap"` stands in for the type.
fn replaces(decorator: &Decorator) -> bool {
    let Some(call) = decorator.expression.as_call_expr() else { return false };
    let mode = call.arguments.find_keyword("mode").and_then(|it| it.value.as_string_literal_expr());
    mode.is_some_and(|it| matches!(it.value.to_str(), "plain" | "wrap"))
}

fn configure<'a>(
    given: impl Iterator<Item = (Option<&'a Identifier>, &'a Expr)>,
    scope: &Scope<'a>,
    record: &mut Record<'a>,
) {
    for (name, value) in given {
        record.config.insert(0, (name.map_or("**", Identifier::as_str), value, *scope));
    }
}

fn field<'a>(it: &'a StmtAnnAssign, scope: &Scope<'a>, record: &mut Record<'a>) {
    let Some(name) = it.target.as_name_expr().map(|it| it.id.as_str()) else { return };
    if is_class_var(&it.annotation, scope)
        || (name.starts_with('_') && record.shape == Shape::Model)
    {
        return;
    }
    let total = record.shape != Shape::TypedDict { total: false };
    let (annotation, default) = (&*it.annotation, it.value.as_deref());
    put(&mut record.fields, Field { name, scope: *scope, annotation, default, total });
}

fn is_class_var(annotation: &Expr, scope: &Scope<'_>) -> bool {
    match annotation {
        Expr::StringLiteral(it) if it.value.to_str().contains("ClassVar") => {
            parse::expression(it.value.to_str())
                .is_some_and(|it| !it.is_string_literal_expr() && is_class_var(&it, scope))
        }
        Expr::Subscript(it) => is_class_var(&it.value, scope),
        name => matches!(
            scope.dotted(name).as_deref(),
            Some("typing.ClassVar" | "typing_extensions.ClassVar")
        ),
    }
}

fn put<'a>(fields: &mut Vec<Field<'a>>, new: Field<'a>) {
    match fields.iter_mut().find(|it| it.name == new.name) {
        Some(old) => *old = new,
        None => fields.push(new),
    }
}
