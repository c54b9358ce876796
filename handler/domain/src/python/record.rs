//! Classes that are their fields: pydantic models, dataclasses, `TypedDict`, `NamedTuple`.

use ruff_python_ast::{Expr, StmtAnnAssign, StmtClassDef, StmtFunctionDef};

use super::annotation::NoSchema;
use super::bases;
use super::block::Block;
use super::class_decorator::keeps;
use super::decorator::{is_dataclass, is_harmless, is_pydantic};
use super::docstring;
use super::parametric::Bindings;
use super::parse;
use super::record_body;
use super::scope::Scope;
use super::settings::settings;

/// Deepest inheritance.
const MAX_BASES: usize = 20;

/// Most fields of a class.
pub(super) const MAX_FIELDS: usize = 500;

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
    /// `RootModel`: its one field is `root`.
    Root,
}

/// A field, in the order of the class; one that a subclass repeats keeps its place.
#[derive(Debug, Clone)]
pub(super) struct Field<'a> {
    /// Its name in Python.
    pub(super) name: &'a str,
    /// The class that declares it.
    pub(super) owner: &'a str,
    /// Where its expressions are read.
    pub(super) scope: Scope<'a>,
    /// What stands for each `TypeVar` of its type.
    pub(super) bindings: Bindings<'a>,
    /// Its type.
    pub(super) annotation: &'a Expr,
    /// What stands behind `=`.
    pub(super) default: Option<&'a Expr>,
    /// Whether one of a `TypedDict` is required.
    pub(super) total: bool,
    /// The text below it.
    pub(super) doc: Option<&'a str>,
    /// Whether its type is that of the value, which stands for both.
    pub(super) is_inferred: bool,
}

/// A class and what it inherits.
#[derive(Debug)]
pub(super) struct Record<'a> {
    /// What kind it is.
    pub(super) shape: Shape,
    /// What it calls itself.
    pub(super) title: String,
    /// Its docstring.
    pub(super) description: Option<String>,
    /// Its fields.
    pub(super) fields: Vec<Field<'a>>,
    /// `model_config`, the last one first.
    pub(super) config: Vec<(&'a str, &'a Expr, Scope<'a>)>,
    /// The fields that a validator takes as they are; `*` for all.
    pub(super) plain: Vec<&'a str>,
    /// Whether it takes no other fields, if its settings say nothing else.
    pub(super) is_closed: bool,
    /// What it says of itself as a block of Prefect, if it is one.
    pub(super) block: Option<Block<'a>>,
    /// Its methods.
    pub(super) methods: Vec<&'a StmtFunctionDef>,
    /// Whether pydantic reads its types when they are needed, and not when it is made: it made none of these itself.
    pub(super) is_deferred: bool,
}

impl Record<'_> {
    /// Gives each setting once, as it was said last, to `set`, which gives `None` for what it cannot read.
    ///
    /// # Errors
    /// The first that could not be read.
    pub(super) fn settings(
        &self,
        mut set: impl FnMut(&str, &Expr, &Scope<'_>) -> Option<()>,
    ) -> Result<(), NoSchema> {
        let mut seen = Vec::new();
        for (name, expr, scope) in &self.config {
            if !seen.contains(name) {
                seen.push(name);
                let unread = || NoSchema::Unread(format!("`{name}` of `{}`", self.title));
                set(name, expr, scope).ok_or_else(unread)?;
            }
        }
        Ok(())
    }
}

/// The fields of `class`, `bindings` standing for its variables; `None` when it has none of these shapes.
///
/// # Errors
/// What of it cannot be read without running it.
pub(super) fn of<'a>(
    class: &'a StmtClassDef,
    scope: &Scope<'a>,
    bindings: &Bindings<'a>,
    depth: usize,
) -> Result<Option<Record<'a>>, String> {
    if depth > MAX_BASES || !scope.step() {
        return Err(format!("the bases of `{}`", class.name));
    }
    let decorators = &class.decorator_list;
    let dataclass = decorators.iter().find(|it| is_dataclass(it, scope));
    let bases = bases::inherit(class, scope, bindings, depth)?;
    let Some(shape) = dataclass.map(|_| Shape::Dataclass).or(bases.shape) else {
        return Ok(None);
    };
    let total = class.arguments.as_ref().and_then(|it| it.find_keyword("total"));
    let total = total.and_then(|it| it.value.as_boolean_literal_expr()).is_none_or(|it| it.value);
    let shape =
        if let Shape::TypedDict { .. } = shape { Shape::TypedDict { total } } else { shape };
    if let Some(name) = bases.unknown {
        return Err(format!("{name} of `{}`", class.name));
    }
    let is_kept = |it| is_dataclass(it, scope) || is_harmless(it, scope) || keeps(it, scope);
    if !decorators.iter().all(is_kept) {
        return Err(format!("the decorator of `{}`", class.name));
    }
    // pydantic 1 asks `inspect`
    let is_asked = scope.is_one && shape == Shape::Model && bases.block.is_none();
    let inherited = bases.description.filter(|_| is_asked);
    let mut record = Record {
        shape,
        title: class.name.to_string(),
        description: docstring::of(&class.body).or(inherited),
        fields: bases.fields,
        config: bases.config,
        plain: bases.plain,
        methods: bases.methods,
        is_closed: bases.is_closed,
        block: bases.block,
        is_deferred: !matches!(shape, Shape::Model | Shape::Root)
            && !dataclass.is_some_and(|it| is_pydantic(it, scope)),
    };
    if let Some(config) = dataclass.and_then(|it| it.expression.as_call_expr()) {
        let config = config.arguments.find_keyword("config").map(|it| &it.value);
        config
            .map_or(Some(()), |it| settings(it, scope, &mut record))
            .ok_or_else(|| format!("`config` of `{}`", class.name))?;
    }
    // a class below a dataclass is none by itself: its fields do not count
    if shape != Shape::Dataclass || dataclass.is_some() {
        record_body::read(class, scope, bindings, &mut record)?;
    }
    if record.fields.len() > MAX_FIELDS {
        return Err(format!("so large a class as `{}`", class.name));
    }
    Ok(Some(record))
}

/// Adds the field that `it` declares.
pub(super) fn field<'a>(
    (it, owner): (&'a StmtAnnAssign, &'a str),
    scope: &Scope<'a>,
    bindings: &Bindings<'a>,
    record: &mut Record<'a>,
) {
    let Some(name) = it.target.as_name_expr().map(|it| it.id.as_str()) else { return };
    let is_marker = scope.dotted(&it.annotation).is_some_and(|it| it == "dataclasses.KW_ONLY");
    let is_root = scope.is_one && name == "__root__";
    let is_private = name.starts_with('_') && record.shape == Shape::Model && !is_root;
    if is_marker || is_private || is_class_var(&it.annotation, scope) || is_never(it, scope) {
        return;
    }
    let total = record.shape != Shape::TypedDict { total: false };
    let (annotation, default) = (passed(&it.annotation, scope), it.value.as_deref());
    let (scope, bindings) = (*scope, bindings.clone());
    let (doc, is_inferred) = (None, false);
    let new = Field { name, owner, scope, bindings, annotation, default, total, doc, is_inferred };
    put(&mut record.fields, new);
}

/// The type of `InitVar[…]`.
fn passed<'a>(annotation: &'a Expr, scope: &Scope<'_>) -> &'a Expr {
    let subscript = annotation.as_subscript_expr();
    let is_passed = |it: &Expr| scope.dotted(it).is_some_and(|it| it == "dataclasses.InitVar");
    subscript.filter(|it| is_passed(&it.value)).map_or(annotation, |it| &it.slice)
}

/// Whether a field of a dataclass is neither given nor has a default: `field(init=False)`.
fn is_never(it: &StmtAnnAssign, scope: &Scope<'_>) -> bool {
    let Some(call) = it.value.as_deref().and_then(Expr::as_call_expr) else { return false };
    let given = |name| call.arguments.find_keyword(name);
    let is_not = given("init").and_then(|it| it.value.as_boolean_literal_expr());
    is_not.is_some_and(|it| !it.value)
        && given("default").is_none()
        && given("default_factory").is_none()
        && scope.dotted(&call.func).is_some_and(|it| it == "dataclasses.field")
}

/// Whether `annotation` is that of an attribute of the class itself.
pub(super) fn is_class_var(annotation: &Expr, scope: &Scope<'_>) -> bool {
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

/// Adds a field, or replaces the one of its name.
pub(super) fn put<'a>(fields: &mut Vec<Field<'a>>, new: Field<'a>) {
    match fields.iter_mut().find(|it| it.name == new.name) {
        Some(old) => *old = new,
        None => fields.push(new),
    }
}
