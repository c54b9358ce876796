//! `class Page(BaseModel, Generic[T])` and `Page[int]`: what stands for `T`.

use std::rc::Rc;

use ruff_python_ast::{Expr, ExprCall, StmtClassDef, StmtTypeAlias, TypeParam, TypeParamTypeVar};
use ruff_text_size::{Ranged as _, TextSize};
use serde_json::{Value, json};

use super::annotation::{NoSchema, Schema, Types};
use super::definitions::Origin;
use super::display;
use super::names::Bound;
use super::record::{self, Shape};
use super::scope::{Found, Scope};
use super::union::union;

/// A `TypeVar`: the module and the place of the call that makes it.
type Place = (usize, TextSize);

/// What stands for each `TypeVar`; `None` when nothing does.
pub(super) type Bindings<'a> = Option<Rc<Vec<Binding<'a>>>>;

/// What stands for a `TypeVar`, and what stands for those in that.
#[derive(Debug)]
pub(super) struct Binding<'a> {
    variable: Place,
    /// The type.
    pub(super) argument: Expr,
    /// Where the type is read.
    pub(super) scope: Scope<'a>,
    /// What stands for variables in the type.
    pub(super) outer: Bindings<'a>,
}

/// What stands for the `TypeVar` at `place`.
pub(super) fn bound<'b, 'a>(bindings: &'b Bindings<'a>, place: Place) -> Option<&'b Binding<'a>> {
    bindings.as_ref()?.iter().find(|it| it.variable == place)
}

/// The place of the `TypeVar` that `call` makes in `scope`.
pub(super) fn place(call: &ExprCall, scope: &Scope<'_>) -> Place {
    (scope.module(), call.arguments.range.start())
}

/// Whether `call` makes a `TypeVar`.
pub(super) fn is_variable(call: &ExprCall, scope: &Scope<'_>) -> bool {
    matches!(
        scope.dotted(&call.func).as_deref(),
        Some("typing.TypeVar" | "typing_extensions.TypeVar")
    )
}

/// What stands for the variables of `class` in `class[slice]`; `None` when their numbers differ.
pub(super) fn bind<'a>(
    class: &'a StmtClassDef,
    home: &Scope<'a>,
    slice: &Expr,
    scope: &Scope<'a>,
    outer: &Bindings<'a>,
) -> Option<Bindings<'a>> {
    stand_for(variables(class, home), slice, scope, outer)
}

/// What stands for `variables` in `…[slice]`; `None` when their numbers differ.
fn stand_for<'a>(
    variables: Vec<Place>,
    slice: &Expr,
    scope: &Scope<'a>,
    outer: &Bindings<'a>,
) -> Option<Bindings<'a>> {
    let arguments = arguments(slice);
    let one = |(variable, argument): (Place, &Expr)| Binding {
        variable,
        argument: argument.clone(),
        scope: *scope,
        outer: outer.clone(),
    };
    let fits = variables.len() == arguments.len() && !variables.is_empty();
    fits.then(|| Some(Rc::new(variables.into_iter().zip(arguments).map(one).collect())))
}

/// What is between the brackets.
pub(super) fn arguments(slice: &Expr) -> Vec<&Expr> {
    if let Expr::Tuple(it) = slice { it.elts.iter().collect() } else { vec![slice] }
}

/// The variables of `class` in order: its own, else those of `Generic[…]`, else those of its other bases.
fn variables(class: &StmtClassDef, scope: &Scope<'_>) -> Vec<Place> {
    if let Some(own) = &class.type_params {
        return own.iter().map(|it| (scope.module(), it.start())).collect();
    }
    let bases = class.arguments.iter().flat_map(|it| &it.args).filter_map(Expr::as_subscript_expr);
    let is_generic = |it: &Expr| {
        matches!(scope.dotted(it).as_deref(), Some("typing.Generic" | "typing_extensions.Generic"))
    };
    let said = bases.clone().find(|it| is_generic(&it.value));
    let slices: Vec<&Expr> = match said {
        Some(it) => vec![&it.slice],
        None => bases.map(|it| &*it.slice).collect(),
    };
    let mut out = Vec::new();
    for it in slices.into_iter().flat_map(arguments) {
        if let Some(Found::Here(home, Bound::Value(Expr::Call(call)))) = scope.resolve(it)
            && is_variable(call, &home)
        {
            let place = place(call, &home);
            if !out.contains(&place) {
                out.push(place);
            }
        }
    }
    out
}

impl<'a> Types<'a> {
    /// The `TypeVar` that `call` makes: what stands for it, else its bound or constraints, else anything.
    pub(super) fn variable(&mut self, call: &'a ExprCall, depth: usize) -> Schema {
        if let Some(schema) = self.standing(place(call, &self.scope), depth) {
            return schema;
        }
        if let Some(bound) = call.arguments.find_keyword("bound") {
            return self.schema(&bound.value, depth + 1);
        }
        self.constraints(call.arguments.args.iter().skip(1), depth)
    }

    /// The same of `T` of `class Page[T]`.
    pub(super) fn type_parameter(&mut self, it: &'a TypeParamTypeVar, depth: usize) -> Schema {
        if let Some(schema) = self.standing((self.scope.module(), it.range.start()), depth) {
            return schema;
        }
        match it.bound.as_deref() {
            Some(Expr::Tuple(it)) => self.constraints(it.elts.iter(), depth),
            Some(bound) => self.schema(bound, depth + 1),
            None => Ok(json!({})),
        }
    }

    /// The schema of what stands for the `TypeVar` at `place`.
    fn standing(&mut self, place: Place, depth: usize) -> Option<Schema> {
        let it = bound(&self.bindings, place)?;
        let (argument, scope, outer) = (it.argument.clone(), it.scope, it.outer.clone());
        let bindings = std::mem::replace(&mut self.bindings, outer);
        let around = std::mem::replace(&mut self.scope, scope);
        let schema = self.schema(&argument, depth + 1);
        (self.bindings, self.scope) = (bindings, around);
        Some(schema)
    }

    fn constraints<'e>(&mut self, all: impl Iterator<Item = &'e Expr>, depth: usize) -> Schema {
        let schemas: Result<Vec<Value>, NoSchema> =
            all.map(|it| self.schema(it, depth + 1)).collect();
        let schemas = schemas?;
        Ok(if schemas.is_empty() { json!({}) } else { union(schemas) })
    }

    /// `Pages[int]` of `type Pages[T] = …` in `home`.
    pub(super) fn parametrized_alias(
        &mut self,
        (home, alias): (Scope<'a>, &'a StmtTypeAlias),
        slice: &Expr,
        depth: usize,
    ) -> Schema {
        let name = &alias.name.as_name_expr().ok_or(NoSchema::Untyped)?.id;
        let parameters = alias.type_params.as_ref().ok_or(NoSchema::Untyped)?;
        let unread = || NoSchema::Unread(format!("a type of `{name}[…]`"));
        let show = |it| display::shown(it, &self.scope, &self.bindings, 0);
        let shown = arguments(slice).into_iter().map(show).collect::<Option<Vec<String>>>();
        let shown = shown.ok_or_else(unread)?;
        let variables = parameters.iter().map(|it| (home.module(), it.start())).collect();
        let bindings = stand_for(variables, slice, &self.scope, &self.bindings);
        let bindings = bindings.filter(|_| parameters.iter().all(TypeParam::is_type_var));
        let bindings = bindings.ok_or_else(unread)?;
        let name = display::identifier(&format!("{name}[{}]", shown.join(",")));
        self.afford(&name)?;
        let bindings = std::mem::replace(&mut self.bindings, bindings);
        let scope = std::mem::replace(&mut self.scope, home.inside(alias.range.start()));
        let schema = self.alias((&name, &alias.value), alias.range.start(), depth);
        (self.bindings, self.scope) = (bindings, scope);
        schema
    }

    /// `Page[int]`, `Page` being the class of `home`.
    pub(super) fn parametrized(
        &mut self,
        (home, class): (Scope<'a>, &'a StmtClassDef),
        slice: &Expr,
        depth: usize,
    ) -> Schema {
        let title = || NoSchema::Unread(format!("a type of `{}[…]`", class.name));
        let show = |it| display::shown(it, &self.scope, &self.bindings, 0);
        let shown = arguments(slice).into_iter().map(show).collect::<Option<Vec<String>>>();
        let shown = shown.ok_or_else(title)?;
        let bindings = bind(class, &home, slice, &self.scope, &self.bindings);
        let are_given = bindings.is_some();
        let record = record::of(class, &home, &bindings.flatten(), 0).map_err(NoSchema::Unread)?;
        let Some(mut record) = record else {
            // any class that is generic
            return Ok(json!({}));
        };
        if !are_given {
            return Err(NoSchema::Untyped);
        }
        if matches!(record.shape, Shape::Model | Shape::Root) {
            record.title = format!("{}[{}]", class.name, shown.join(", "));
            record.description = None;
        }
        let name = display::identifier(&format!("{}[{}]", class.name, shown.join(",")));
        self.afford(&name)?;
        let module = home.module_name(self.dialect);
        let place = (home.module(), class.range.start());
        let origin = Origin { name: &name, module: &module, place };
        let (reference, is_new) = self.definitions.reference(origin)?;
        if is_new {
            self.record(&record, origin, depth)?;
        }
        Ok(reference)
    }
}
