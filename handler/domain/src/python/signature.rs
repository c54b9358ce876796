//! A function's parameters -> `parameter_openapi_schema`.

use std::collections::BTreeMap;

use ruff_python_ast::{Expr, Parameter, StmtFunctionDef};
use serde_json::{Map, Value, json};

use super::EvaluatedFlow;
use super::annotation::{NoSchema, Types};
use super::docstring;
use super::google;
use super::one;
use super::parameters::{self, Kind};
use super::parse::File;
use super::partial;
use super::reference::{self, Texts};
use super::scope::Scope;
use crate::diagnostic::{Diagnostic, Position, rules};
use crate::dialect::Dialect;

/// What the schema of one function is made of.
pub(super) struct Builder<'a, 's> {
    pub(super) file: &'s File<'s>,
    pub(super) known: Option<&'s EvaluatedFlow>,
    /// Whether Prefect could not define the function, and left out of it what raises.
    pub(super) is_partial: bool,
    pub(super) types: Types<'a>,
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
    (dialect, known, is_partial): (Dialect, Option<&EvaluatedFlow>, bool),
    found: &mut Vec<Diagnostic>,
) -> Option<Value> {
    let text = docstring::of(&function.body).unwrap_or_default();
    let texts = match reference::texts(function, &scope) {
        // what compiles the rest takes all annotations for texts, so that those that are texts are not read again
        Texts::Evaluated if is_partial && dialect.is_three() => Texts::Raw,
        texts => texts,
    };
    if one::marks(function, &scope, (texts, is_partial), dialect) {
        return one::schema((file, function), scope, (dialect, texts), (known, is_partial), found);
    }
    let types = Types::new(scope, dialect, texts);
    let mut builder = Builder {
        file,
        known,
        is_partial,
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

/// What is said of a signature that is too large at `at`.
pub(super) fn too_large(at: Position) -> Diagnostic {
    let message = "the types and defaults of this flow are too large to be written out";
    let hint = "shorten its constants and types; if it is not the first flow of the file, move it to another";
    Diagnostic::error(rules::TOO_COMPLEX, at, message).hint(hint)
}

/// What is said of the parameter `it`, whose type `expr` has no schema; `None` when Python has none for it either.
pub(super) fn untyped(
    problem: NoSchema,
    (it, expr): (&Parameter, &Expr),
    (file, scope): (&File<'_>, &Scope<'_>),
) -> Option<Diagnostic> {
    let problem = match problem {
        NoSchema::Untyped | NoSchema::Dropped => return None,
        NoSchema::NoPython => {
            let message = format!("the type of `{}` is a text that is no Python", it.name.as_str());
            let hint = "Prefect fails on it; write a type, or move the text to the docstring";
            let error = Diagnostic::error(rules::ANNOTATION_SYNTAX, file.at(expr), message);
            return Some(error.hint(hint));
        }
        NoSchema::Unresolved(name) => format!("the type `{name}` is not known here"),
        NoSchema::Ambiguous(name) => format!("two classes have the name `{name}`"),
        NoSchema::TooLarge => "this type is too large to be written out".to_owned(),
        NoSchema::Unread(what) | NoSchema::Refused(what) => {
            format!("{what} cannot be read without running it")
        }
    };
    let message = format!("{problem}; parameter `{}` takes anything", it.name.as_str());
    let warning = Diagnostic::warning(rules::UNRESOLVED_ANNOTATION, file.at(expr), message);
    Some(scope.explained(warning, expr))
}

/// The first name in the annotation `expr` that is none of the module: of texts Python asks the module alone.
pub(super) fn local(
    known: Option<&EvaluatedFlow>,
    expr: &Expr,
    scope: &Scope<'_>,
) -> Option<String> {
    known?.local(expr).filter(|_| !reference::is_future(scope)).map(ToOwned::to_owned)
}

impl Builder<'_, '_> {
    fn parameter(&mut self, it: &Parameter, kind: Kind<'_>, found: &mut Vec<Diagnostic>) {
        // 3.x leaves these out wherever they stand, 2.x takes them for plain parameters
        if self.types.dialect.is_three() && matches!(it.name.as_str(), "self" | "cls") {
            self.position += 1;
            return;
        }
        match kind {
            Kind::Named(None) if self.is_partial => self.nothing(it, found),
            Kind::One(default) | Kind::Named(default) => self.plain(it, default, found),
            Kind::Positional => self.variadic(it, false, found),
            Kind::Keywords => self.variadic(it, true, found),
        }
    }

    fn plain(&mut self, it: &Parameter, default: Option<&Expr>, found: &mut Vec<Diagnostic>) {
        found.extend(parameters::reserved(self.file, it));
        let schema = self.annotation(it, found);
        let Some(mut property) = schema else { return };
        // Prefect's own counts more than that of a `Field` in `Annotated[…]`
        property.remove("position");
        let mut required = default.is_none();
        if let Some(expr) = default {
            required = self.default(it.name.as_str(), expr, &mut property, found);
        }
        self.add(it.name.as_str(), property, required);
    }

    /// A parameter without default that is given by its name: where Prefect leaves out defaults it takes none for `None`.
    fn nothing(&mut self, it: &Parameter, found: &mut Vec<Diagnostic>) {
        let Some(mut property) = self.annotation(it, found) else { return };
        property.insert("default".into(), Value::Null);
        self.add(it.name.as_str(), property, false);
    }

    /// 3.x: `*args` is an array and `**kwargs` an object, both optional; 2.x takes them for plain parameters.
    fn variadic(&mut self, it: &Parameter, keywords: bool, found: &mut Vec<Diagnostic>) {
        let Some(mut inner) = self.annotation(it, found) else { return };
        if !self.types.dialect.is_three() {
            inner.remove("position");
            return self.add(it.name.as_str(), inner, true);
        }
        if keywords {
            inner.remove("title");
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
        let scope = &self.types.scope;
        let schema = match partial::missing(expr, scope).filter(|_| self.is_partial) {
            Some(name) => Err(NoSchema::Unresolved(name)),
            None => match local(self.known, expr, scope) {
                Some(name) => Err(NoSchema::Unresolved(name)),
                None => self.types.annotation(expr),
            },
        };
        match schema {
            Ok(schema) => return schema.as_object().cloned(),
            Err(NoSchema::Dropped) => {
                self.position += 1;
                return None;
            }
            Err(problem) => {
                found.extend(untyped(problem, (it, expr), (self.file, &self.types.scope)));
            }
        }
        Some(Map::new())
    }

    fn add(&mut self, name: &str, mut property: Map<String, Value>, required: bool) {
        if let Some(text) = self.descriptions.get(name) {
            property.entry("description").or_insert_with(|| text.clone().into());
        }
        property.entry("position").or_insert_with(|| self.position.into());
        // one that it has is that of `json_schema_extra`
        property.entry("title").or_insert_with(|| name.into());
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
