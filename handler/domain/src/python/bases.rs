//! What a class inherits.

use ruff_python_ast::{Expr, StmtClassDef, StmtFunctionDef};

use super::block::{self, Block};
use super::names::Bound;
use super::parametric::{self, Bindings};
use super::record::{self, Field, Shape};
use super::scope::{Found, Scope};

/// What the bases of a class give.
#[derive(Debug, Default)]
pub(super) struct Bases<'a> {
    /// The shape that they make.
    pub(super) shape: Option<Shape>,
    /// Their fields.
    pub(super) fields: Vec<Field<'a>>,
    /// `model_config`, the last one first.
    pub(super) config: Vec<(&'a str, &'a Expr, Scope<'a>)>,
    /// The fields that a validator takes as they are; `*` for all.
    pub(super) plain: Vec<&'a str>,
    /// Whether one of them is installed and takes no other fields.
    pub(super) is_closed: bool,
    /// What they say of themselves as blocks of Prefect, if they are some.
    pub(super) block: Option<Block<'a>>,
    /// Their methods.
    pub(super) methods: Vec<&'a StmtFunctionDef>,
    /// What the first of them that has a docstring says.
    pub(super) description: Option<String>,
    /// One that is not known.
    pub(super) unknown: Option<String>,
}

/// What the bases of `class` give.
///
/// # Errors
/// What of them cannot be read without running it.
pub(super) fn inherit<'a>(
    class: &'a StmtClassDef,
    scope: &Scope<'a>,
    bindings: &Bindings<'a>,
    depth: usize,
) -> Result<Bases<'a>, String> {
    let mut out = Bases::default();
    for base in class.arguments.iter().flat_map(|it| it.args.iter().rev()) {
        let slice = base.as_subscript_expr().map(|it| &*it.slice);
        match scope.resolve(base.as_subscript_expr().map_or(base, |it| &it.value)) {
            Some(Found::Here(home, Bound::Class(parent))) => {
                let bound =
                    slice.and_then(|it| parametric::bind(parent, &home, it, scope, bindings));
                let Some(parent) = record::of(parent, &home, &bound.flatten(), depth + 1)? else {
                    continue;
                };
                out.shape = out.shape.or(Some(parent.shape));
                parent.fields.into_iter().for_each(|it| record::put(&mut out.fields, it));
                out.config.splice(0..0, parent.config);
                out.plain.extend(parent.plain);
                out.methods.extend(parent.methods);
                out.is_closed |= parent.is_closed;
                out.description = parent.description.or(out.description);
                if let Some(it) = parent.block {
                    out.block.get_or_insert_default().merge(it);
                }
            }
            Some(Found::Outside(name)) => match outside(&name, class, scope.is_one) {
                Base::Gives(found) => {
                    out.shape = out.shape.or(Some(found));
                    let root = slice.filter(|_| found == Shape::Root);
                    out.fields.extend(root.map(|it| self::root(it, scope, bindings)));
                }
                Base::Closed => {
                    out.shape = out.shape.or(Some(Shape::Model));
                    out.is_closed = true;
                }
                Base::Block => {
                    out.shape = out.shape.or(Some(Shape::Model));
                    out.block.get_or_insert_default();
                }
                Base::Nothing => {}
                Base::Unknown => out.unknown = Some(format!("`{name}`")),
            },
            _ => out.unknown = Some("a base".to_owned()),
        }
    }
    Ok(out)
}

/// The field of `RootModel[annotation]`.
fn root<'a>(annotation: &'a Expr, scope: &Scope<'a>, bindings: &Bindings<'a>) -> Field<'a> {
    let (scope, bindings) = (*scope, bindings.clone());
    Field {
        name: "root",
        owner: "",
        scope,
        bindings,
        annotation,
        default: None,
        total: true,
        doc: None,
        is_inferred: false,
    }
}

/// A base outside the bundle.
enum Base {
    Gives(Shape),
    /// A model that takes no other fields.
    Closed,
    /// A block without fields.
    Block,
    Nothing,
    Unknown,
}

/// The models of pydantic 2 are any classes to pydantic 1.
fn outside(name: &str, class: &StmtClassDef, is_one: bool) -> Base {
    let total = class.arguments.as_ref().and_then(|it| it.find_keyword("total"));
    let total = total.and_then(|it| it.value.as_boolean_literal_expr()).is_none_or(|it| it.value);
    match name {
        "pydantic.v1.BaseModel"
        | "pydantic.v1.main.BaseModel"
        | "pydantic.v1.generics.GenericModel"
            if is_one =>
        {
            Base::Gives(Shape::Model)
        }
        "pydantic.BaseModel"
        | "pydantic.main.BaseModel"
        | "pydantic.RootModel"
        | "pydantic.root_model.RootModel"
        | "prefect.input.RunInput"
        | "prefect.input.run_input.RunInput"
            if is_one =>
        {
            Base::Nothing
        }
        "pydantic.BaseModel" | "pydantic.main.BaseModel" => Base::Gives(Shape::Model),
        "pydantic_settings.BaseSettings"
        | "pydantic_settings.main.BaseSettings"
        | "prefect.input.RunInput"
        | "prefect.input.run_input.RunInput" => Base::Closed,
        "pydantic.RootModel" | "pydantic.root_model.RootModel" => Base::Gives(Shape::Root),
        "typing.TypedDict" | "typing_extensions.TypedDict" => {
            Base::Gives(Shape::TypedDict { total })
        }
        "typing.NamedTuple" | "typing_extensions.NamedTuple" => Base::Gives(Shape::NamedTuple),
        "builtins.object"
        | "abc.ABC"
        | "typing.Generic"
        | "typing_extensions.Generic"
        | "typing.Protocol"
        | "typing_extensions.Protocol" => Base::Nothing,
        it if block::is_base(it) => Base::Block,
        _ => Base::Unknown,
    }
}
