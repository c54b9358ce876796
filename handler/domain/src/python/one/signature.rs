//! A signature with a type of pydantic 1 -> its schema. Source: `generate_parameter_schema` of Prefect 2.20.

use std::collections::BTreeMap;
use std::rc::Rc;

use ruff_python_ast::{Expr, Parameter, StmtFunctionDef};
use serde_json::{Map, Value, json};

use super::field::Field;
use super::kind::Type;
use super::naming;
use super::render::Renderer;
use super::said::{Default, Said};
use super::types::Types;
use crate::diagnostic::{Diagnostic, rules};
use crate::dialect::Dialect;
use crate::python::EvaluatedFlow;
use crate::python::annotation::NoSchema;
use crate::python::docstring;
use crate::python::given;
use crate::python::google;
use crate::python::parameters::{self, Kind};
use crate::python::parse::File;
use crate::python::partial;
use crate::python::reference::Texts;
use crate::python::scope::Scope;
use crate::python::signature;

/// What the schema of one function is made of.
struct Builder<'a, 's> {
    file: &'s File<'s>,
    known: Option<&'s EvaluatedFlow>,
    is_partial: bool,
    types: Types<'a>,
    descriptions: BTreeMap<String, String>,
    fields: Vec<Field>,
    /// `*args` and `**kwargs` of Prefect 3, and whether it is the latter.
    several: Vec<(String, bool)>,
}

/// The schema of `function`; `None`, with an error among `found`, when it is too large.
pub(in crate::python) fn schema(
    (file, function): (&File<'_>, &StmtFunctionDef),
    scope: Scope<'_>,
    (dialect, texts): (Dialect, Texts),
    (known, is_partial): (Option<&EvaluatedFlow>, bool),
    found: &mut Vec<Diagnostic>,
) -> Option<Value> {
    let text = docstring::of(&function.body).unwrap_or_default();
    let mut builder = Builder {
        file,
        known,
        is_partial,
        types: Types::new(scope, dialect, texts),
        descriptions: google::parameters(&text),
        fields: Vec::new(),
        several: Vec::new(),
    };
    for (position, (it, kind)) in parameters::in_order(&function.parameters).enumerate() {
        let before = found.len();
        builder.parameter(it, kind, position, found);
        if scope.budget().is_exceeded() {
            found.truncate(before);
            found.push(signature::too_large(file.at(it)));
            return None;
        }
    }
    let out = builder.finish();
    if out.is_none() {
        found.push(signature::too_large(file.at(function)));
    }
    out
}

impl Builder<'_, '_> {
    fn parameter(
        &mut self,
        it: &Parameter,
        kind: Kind<'_>,
        position: usize,
        found: &mut Vec<Diagnostic>,
    ) {
        found.extend(parameters::reserved(self.file, it));
        let default = match kind {
            Kind::Named(None) if self.is_partial => Default::Value(Value::Null),
            Kind::One(Some(expr)) | Kind::Named(Some(expr)) => self.default(it, expr, found),
            Kind::Positional if self.types.dialect.is_three() => Default::Value(json!([])),
            Kind::Keywords if self.types.dialect.is_three() => Default::Value(json!({})),
            Kind::One(None) | Kind::Named(None) | Kind::Positional | Kind::Keywords => {
                Default::Required
            }
        };
        let name = it.name.as_str();
        if let (Kind::Positional | Kind::Keywords, Default::Value(_)) = (&kind, &default) {
            self.several.push((name.to_owned(), matches!(kind, Kind::Keywords)));
        }
        let said = Rc::new(Said {
            title: Some(name.to_owned()),
            alias: taken(name).then(|| name.to_owned()),
            description: self.descriptions.get(name).cloned(),
            default,
            extra: [("position".to_owned(), position.into())].into_iter().collect(),
            ..Said::default()
        });
        match self.read(it, &said) {
            Ok(field) => self.fields.push(field),
            Err(NoSchema::Dropped) => {}
            Err(problem) => {
                if let Some(expr) = it.annotation() {
                    let scope = self.types.scope;
                    found.extend(signature::untyped(problem, (it, expr), (self.file, &scope)));
                }
                self.fields.push(Field::new(&named(name), Type::Any, said));
            }
        }
    }

    fn default(&self, it: &Parameter, expr: &Expr, found: &mut Vec<Diagnostic>) -> Default {
        let scope = self.types.scope;
        if given::is_ellipsis(expr, &scope) {
            return Default::Required;
        }
        let known = (self.known, self.is_partial);
        let shown = given::shown((it.name.as_str(), expr), (self.file, &scope), known, found);
        shown.map_or_else(
            || {
                let message = "Prefect fails on this default: pydantic 1 cannot write it as JSON";
                let at = self.file.at(expr);
                let hint = "use None for the default, and make the value in the flow";
                found.push(Diagnostic::warning(rules::UNRESOLVED_DEFAULT, at, message).hint(hint));
                Default::Made
            },
            Default::Value,
        )
    }

    /// The field, if its type has a schema.
    fn read(&mut self, it: &Parameter, said: &Rc<Said>) -> Result<Field, NoSchema> {
        let name = it.name.as_str();
        let Some(expr) = it.annotation() else {
            return Ok(Field::new(&named(name), Type::Any, Rc::clone(said)));
        };
        if self.is_partial
            && let Some(name) = partial::missing(expr, &self.types.scope)
        {
            return Err(NoSchema::Unresolved(name));
        }
        if let Some(name) = signature::local(self.known, expr, &self.types.scope) {
            return Err(NoSchema::Unresolved(name));
        }
        let annotation = self.types.annotation(expr)?;
        if matches!(annotation, Type::Annotated(..)) {
            // Prefect says something itself, and both is too much
            return Err(NoSchema::Untyped);
        }
        let field = Field::new(&named(name), annotation, Rc::clone(said));
        let pool = &self.types.pool;
        let names = naming::names(std::slice::from_ref(&field), pool);
        let mut renderer = Renderer::new(pool, names, self.types.scope.budget());
        match renderer.field(&field) {
            Ok(_) | Err(NoSchema::Dropped) => Ok(field),
            Err(problem) => Err(problem),
        }
    }

    /// The whole; `None` when it is too large.
    fn finish(self) -> Option<Value> {
        let pool = &self.types.pool;
        let names = naming::names(&self.fields, pool);
        let mut renderer = Renderer::new(pool, names, self.types.scope.budget());
        let (mut properties, required) = renderer.properties(&self.fields).ok()?;
        for (name, is_mapping) in &self.several {
            if let Some(property) = properties.get_mut(name).and_then(Value::as_object_mut) {
                several(property, *is_mapping);
            }
        }
        properties.values_mut().filter_map(Value::as_object_mut).for_each(Map::sort_keys);
        let mut out = json!({"title": "Parameters", "type": "object", "properties": properties});
        if let Some(out) = out.as_object_mut() {
            if !required.is_empty() {
                out.insert("required".into(), required.into());
            }
            let definitions: Map<String, Value> = renderer.definitions.into_iter().collect();
            if !definitions.is_empty() {
                out.insert("definitions".into(), definitions.into());
            }
        }
        Some(out)
    }
}

/// Makes of the type of each a list, or a mapping, of them: what Prefect 3 says of `*args` and `**kwargs`.
fn several(property: &mut Map<String, Value>, is_mapping: bool) {
    let is_outer = |it: &str| matches!(it, "title" | "default" | "position" | "description");
    let all = std::mem::take(property);
    let (outer, inner): (Map<_, _>, Map<_, _>) = all.into_iter().partition(|(it, _)| is_outer(it));
    *property = outer;
    property.insert("type".into(), if is_mapping { "object" } else { "array" }.into());
    match is_mapping {
        true if inner.is_empty() => {}
        true => drop(property.insert("additionalProperties".into(), inner.into())),
        false => drop(property.insert("items".into(), inner.into())),
    }
}

/// What every model of pydantic 1 has itself.
pub(crate) const ATTRIBUTES: [&str; 13] = [
    "Config",
    "construct",
    "copy",
    "dict",
    "from_orm",
    "json",
    "parse_file",
    "parse_obj",
    "parse_raw",
    "schema",
    "schema_json",
    "update_forward_refs",
    "validate",
];

fn taken(name: &str) -> bool {
    ATTRIBUTES.contains(&name)
}

/// What Prefect calls the field of the parameter `name`.
fn named(name: &str) -> String {
    if taken(name) { format!("{name}__") } else { name.to_owned() }
}
