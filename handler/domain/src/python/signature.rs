//! A function's parameters -> `parameter_openapi_schema`.

use std::collections::BTreeMap;

use ruff_python_ast::{Expr, Parameter, StmtFunctionDef};
use serde_json::{Map, Value, json};

use super::Known;
use super::annotation::{NoSchema, Types};
use super::default::{Evaluated, evaluate};
use super::docstring;
use super::google;
use super::parameters::{self, Kind};
use super::parse::File;
use super::reference;
use super::scope::Scope;
use super::variable;
use crate::diagnostic::{Diagnostic, Position, rules};
use crate::dialect::Dialect;

/// What the schema of one function is made of.
struct Builder<'a, 's> {
    file: &'s File<'s>,
    known: Option<&'s Known>,
    types: Types<'a>,
    descriptions: BTreeMap<String, String>,
    properties: Map<String, Value>,
    required: Vec<Value>,
    position: usize,
}

/// The schema of `function`, as Prefect of that version registers it; `None`, with an error among `found`, when it is too
/// large.
pub(super) fn schema(
    file: &File<'_>,
    scope: Scope<'_>,
    function: &StmtFunctionDef,
    (dialect, known): (Dialect, Option<&Known>),
    found: &mut Vec<Diagnostic>,
) -> Option<Value> {
    let text = docstring::of(&function.body).unwrap_or_default();
    let texts = reference::texts(function, &scope);
    let types = Types::new(scope, dialect, texts);
    let mut builder = Builder {
        file,
        known,
        types,
        descriptions: google::parameters(&text),
        properties: Map::new(),
        required: Vec::new(),
        position: 0,
    };
    for (it, kind) in parameters::in_order(&function.parameters) {
        let before = found.len();
        builder.parameter(it, kind, found);
        if scope.budget().is_exceeded() {
            found.truncate(before);
            found.push(too_large(file.at(it)));
            return None;
        }
    }
    Some(builder.finish())
}

fn too_large(at: Position) -> Diagnostic {
    let message = "the types and defaults of this flow are too large to be written out";
    let hint = "shorten its constants and types; if it is not the first flow of the file, move it to another";
    Diagnostic::error(rules::TOO_COMPLEX, at, message).hint(hint)
}

impl Builder<'_, '_> {
    fn parameter(&mut self, it: &Parameter, kind: Kind<'_>, found: &mut Vec<Diagnostic>) {
        // 3.x leaves these out wherever they stand, 2.x takes them for plain parameters
        if self.types.dialect.is_three() && matches!(it.name.as_str(), "self" | "cls") {
            self.position += 1;
            return;
        }
        match kind {
            Kind::One(default) => self.plain(it, default, found),
            Kind::Positional => self.variadic(it, false, found),
            Kind::Keywords => self.variadic(it, true, found),
        }
    }

    fn plain(&mut self, it: &Parameter, default: Option<&Expr>, found: &mut Vec<Diagnostic>) {
        found.extend(parameters::reserved(self.file, it));
        let schema = self.annotation(it, found);
        let Some(mut property) = schema else { return };
        let mut required = default.is_none();
        if let Some(expr) = default {
            required = self.default(it.name.as_str(), expr, &mut property, found);
        }
        self.add(it.name.as_str(), property, required);
    }

    /// 3.x: `*args` is an array and `**kwargs` an object, both optional; 2.x takes them for plain parameters.
    fn variadic(&mut self, it: &Parameter, keywords: bool, found: &mut Vec<Diagnostic>) {
        let Some(inner) = self.annotation(it, found) else { return };
        if !self.types.dialect.is_three() {
            return self.add(it.name.as_str(), inner, true);
        }
        let inner = Value::from(inner);
        let any = inner == json!({});
        let property = if keywords {
            let inner = if any { json!(true) } else { inner };
            json!({"additionalProperties": inner, "default": {}, "type": "object"})
        } else {
            json!({"default": [], "items": inner, "type": "array"})
        };
        let property = property.as_object().cloned().unwrap_or_default();
        self.add(it.name.as_str(), property, false);
    }

    /// The schema of the annotation; `None` when the parameter is dropped.
    fn annotation(
        &mut self,
        it: &Parameter,
        found: &mut Vec<Diagnostic>,
    ) -> Option<Map<String, Value>> {
        let Some(expr) = it.annotation() else { return Some(Map::new()) };
        let problem = match self.types.annotation(expr) {
            Ok(schema) => return schema.as_object().cloned(),
            Err(NoSchema::Untyped) => return Some(Map::new()),
            Err(NoSchema::Dropped) => return None,
            Err(NoSchema::Unresolved(name)) => format!("the type `{name}` is not known here"),
            Err(NoSchema::NoPython) => {
                let message =
                    format!("the type of `{}` is a text that is no Python", it.name.as_str());
                let hint = "Prefect fails on it; write a type, or move the text to the docstring";
                found.push(
                    Diagnostic::error(rules::ANNOTATION_SYNTAX, self.file.at(expr), message)
                        .hint(hint),
                );
                return Some(Map::new());
            }
            Err(NoSchema::Ambiguous(name)) => format!("two classes have the name `{name}`"),
            Err(NoSchema::TooLarge) => "this type is too large to be written out".to_owned(),
            Err(NoSchema::Unread(what)) => format!("{what} cannot be read without running it"),
        };
        let message = format!("{problem}; parameter `{}` takes anything", it.name.as_str());
        found.push(Diagnostic::warning(rules::UNRESOLVED_ANNOTATION, self.file.at(expr), message));
        Some(Map::new())
    }

    /// Adds the default; gives whether the parameter is required all the same.
    fn default(
        &mut self,
        name: &str,
        expr: &Expr,
        property: &mut Map<String, Value>,
        found: &mut Vec<Diagnostic>,
    ) -> bool {
        if let Expr::Call(call) = expr
            && self.types.scope.dotted(&call.func).as_deref() == Some("pydantic.Field")
        {
            return self.field(call, property);
        }
        let scope = self.types.scope;
        scope.take_variables();
        let value = evaluate(expr, &scope);
        let variables = scope.take_variables();
        let known = self.known.and_then(|it| it.defaults.get(name));
        if let Some(super::Default::Json(it)) = known
            && is_better_known(&value, it)
        {
            property.insert("default".into(), it.clone());
            return false;
        }
        if value == Evaluated::Unknown && variables.is_empty() {
            if known == Some(&super::Default::NoJson) {
                return false;
            }
            let message = "this default cannot be read without running it; it is shown as null";
            found.push(Diagnostic::warning(rules::UNRESOLVED_DEFAULT, self.file.at(expr), message));
        }
        let shown = if value == Evaluated::Unknown { Some(Value::Null) } else { value.into_json() };
        if let Some(shown) = shown {
            found.extend(variable::dependence(self.file.at(expr), &variables, &shown));
            property.insert("default".into(), shown);
        }
        false
    }

    /// `= Field(…)`: 3.x keeps default, description and extra; 2.x keeps nothing.
    fn field(&self, call: &ruff_python_ast::ExprCall, property: &mut Map<String, Value>) -> bool {
        if !self.types.dialect.is_three() {
            return false;
        }
        let scope = self.types.scope;
        let keyword = |name: &str| {
            let found = call.arguments.keywords.iter();
            found
                .filter(|it| it.arg.as_ref().is_some_and(|it| it.as_str() == name))
                .map(|it| &it.value)
                .next()
        };
        for name in ["description", "json_schema_extra"] {
            match keyword(name).and_then(|it| evaluate(it, &scope).into_json()) {
                Some(Value::Object(extra)) => property.extend(extra),
                Some(value) => {
                    property.insert(name.into(), value);
                }
                None => {}
            }
        }
        match call.arguments.args.first().or_else(|| keyword("default")) {
            None | Some(Expr::EllipsisLiteral(_)) => true,
            Some(default) => {
                if let Some(value) = evaluate(default, &scope).into_json() {
                    property.insert("default".into(), value);
                }
                false
            }
        }
    }

    fn add(&mut self, name: &str, mut property: Map<String, Value>, required: bool) {
        if let Some(text) = self.descriptions.get(name) {
            property.entry("description").or_insert_with(|| text.clone().into());
        }
        property.entry("position").or_insert_with(|| self.position.into());
        property.insert("title".into(), name.into());
        property.sort_keys();
        self.properties.insert(name.to_owned(), property.into());
        if required {
            self.required.push(name.into());
        }
        self.position += 1;
    }

    fn finish(self) -> Value {
        let mut out = Map::new();
        out.insert("title".into(), "Parameters".into());
        out.insert("type".into(), "object".into());
        out.insert("properties".into(), self.properties.into());
        if !self.required.is_empty() {
            out.insert("required".into(), self.required.into());
        }
        let mut out = Value::from(out);
        let definitions = self.types.definitions.settle(&mut out);
        if let Some(out) = out.as_object_mut().filter(|_| !definitions.is_empty()) {
            out.insert("definitions".into(), definitions.into_iter().collect::<Map<_, _>>().into());
        }
        out
    }
}

/// Whether what running the file gives says more than its source: where that says nothing, and of flags, numbers and
/// texts, which a file may change.
fn is_better_known(read: &Evaluated, known: &Value) -> bool {
    match read {
        Evaluated::Unknown => true,
        Evaluated::Json(Value::Bool(_)) => known.is_boolean(),
        Evaluated::Json(Value::String(_)) => known.is_string(),
        Evaluated::Json(Value::Number(read)) => known.is_i64() && read.is_i64(),
        _ => false,
    }
}
