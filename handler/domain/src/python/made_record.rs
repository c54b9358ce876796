//! `namedtuple("Point", "x y")`, `NamedTuple("Point", […])`, `TypedDict("Point", {…})`: records that a call makes.

use ruff_python_ast::{Expr, ExprCall};
use serde_json::{Value, json};

use super::annotation::{NoSchema, Schema, Types};
use super::default::evaluate;
use super::definitions::Origin;
use super::model::title;
use super::record::{Field, Record, Shape};

/// Whether a call of `dotted` makes a record.
pub(super) fn is_maker(dotted: &str) -> bool {
    dotted == "collections.namedtuple" || shape(dotted, true).is_some()
}

fn shape(dotted: &str, total: bool) -> Option<Shape> {
    Some(match dotted {
        "typing.NamedTuple" | "typing_extensions.NamedTuple" => Shape::NamedTuple,
        "typing.TypedDict" | "typing_extensions.TypedDict" => Shape::TypedDict { total },
        _ => return None,
    })
}

impl<'a> Types<'a> {
    /// What `call` of `dotted` makes.
    pub(super) fn made_record(&mut self, dotted: &str, call: &'a ExprCall, depth: usize) -> Schema {
        let unread = || NoSchema::Unread("a record that a call makes".to_owned());
        let name = call.arguments.find_argument_value("typename", 0);
        let name = name.and_then(Expr::as_string_literal_expr).ok_or_else(unread)?;
        let name = name.value.to_str();
        self.afford(name)?;
        let module = self.scope.module_name(self.dialect);
        let place = (self.scope.module(), call.arguments.range.start());
        let origin = Origin { name, module: &module, place };
        let (reference, is_new) = self.definitions.reference(origin)?;
        if is_new && dotted == "collections.namedtuple" {
            let schema = self.untyped(call).ok_or_else(unread)?;
            self.definitions.define(origin, schema);
        } else if is_new {
            let total = call.arguments.find_keyword("total");
            let total = total.and_then(|it| it.value.as_boolean_literal_expr());
            let shape = shape(dotted, total.is_none_or(|it| it.value)).ok_or_else(unread)?;
            let fields = self.fields(call, shape).ok_or_else(unread)?;
            let (title, config) = (name.to_owned(), Vec::new());
            let record = Record {
                shape,
                title,
                description: None,
                fields,
                config,
                plain: Vec::new(),
                methods: Vec::new(),
                is_closed: false,
                block: None,
                is_deferred: true,
            };
            self.record(&record, origin, depth)?;
        }
        Ok(reference)
    }

    /// The pairs of names and types.
    fn fields(&self, call: &'a ExprCall, shape: Shape) -> Option<Vec<Field<'a>>> {
        let pairs: Option<Vec<(&Expr, &Expr)>> = match call.arguments.args.get(1)? {
            Expr::Dict(it) => {
                it.items.iter().map(|it| Some((it.key.as_ref()?, &it.value))).collect()
            }
            Expr::List(it) => it.elts.iter().map(pair).collect(),
            Expr::Tuple(it) => it.elts.iter().map(pair).collect(),
            _ => None,
        };
        let total = shape != Shape::TypedDict { total: false };
        let one = |(name, annotation): (&'a Expr, &'a Expr)| {
            let name = name.as_string_literal_expr()?.value.to_str();
            let (scope, bindings) = (self.scope, self.bindings.clone());
            Some(Field {
                name,
                owner: "",
                scope,
                bindings,
                annotation,
                default: None,
                total,
                doc: None,
                is_inferred: false,
            })
        };
        pairs?.into_iter().map(one).collect()
    }

    /// `namedtuple("Point", "x y", defaults=[0])`
    fn untyped(&self, call: &ExprCall) -> Option<Value> {
        let names = evaluate(call.arguments.find_argument_value("field_names", 1)?, &self.scope);
        let names: Vec<String> = match names.into_json()? {
            Value::String(text) => {
                let words = text.split([',', ' ']).filter(|it| !it.is_empty());
                words.map(str::to_owned).collect()
            }
            Value::Array(items) => {
                items.iter().map(|it| it.as_str().map(str::to_owned)).collect::<Option<_>>()?
            }
            _ => return None,
        };
        let defaults = match call.arguments.find_keyword("defaults") {
            Some(it) => evaluate(&it.value, &self.scope).into_json()?.as_array()?.clone(),
            None => Vec::new(),
        };
        let needed = names.len().checked_sub(defaults.len())?;
        let mut items: Vec<Value> = names.iter().map(|it| json!({"title": title(it)})).collect();
        for (item, default) in items.iter_mut().skip(needed).zip(defaults) {
            *item.as_object_mut()?.entry("default").or_insert(Value::Null) = default;
        }
        let most = items.len();
        Some(json!({"maxItems": most, "minItems": needed, "prefixItems": items, "type": "array"}))
    }
}

fn pair(it: &Expr) -> Option<(&Expr, &Expr)> {
    match it.as_tuple_expr()?.elts.as_slice() {
        [name, annotation] => Some((name, annotation)),
        _ => None,
    }
}
