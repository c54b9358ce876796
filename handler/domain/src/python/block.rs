//! Classes of the bundle that are blocks of Prefect. Source: `schema_extra` of `prefect.blocks.core`.

use ruff_python_ast::{Expr, Stmt};
use serde_json::{Map, Value, json};

use super::annotation::NoSchema;
use super::default::{Evaluated, evaluate};
use super::definitions::Definitions;
use super::google;
use super::record::{self, Record};
use super::scope::Scope;

/// Modules of Prefect with classes that make blocks and have no fields themselves, and these classes.
const BASES: [(&str, &[&str]); 3] = [
    ("prefect.blocks.core", &["Block"]),
    (
        "prefect.blocks.abstract",
        &[
            "Block",
            "CredentialsBlock",
            "DatabaseBlock",
            "JobBlock",
            "NotificationBlock",
            "ObjectStorageBlock",
            "SecretBlock",
        ],
    ),
    (
        "prefect.filesystems",
        &[
            "ReadableDeploymentStorage",
            "ReadableFileSystem",
            "WritableDeploymentStorage",
            "WritableFileSystem",
        ],
    ),
];

/// Whether the class `dotted` of Prefect makes a block of what inherits it.
pub(super) fn is_base(dotted: &str) -> bool {
    dotted
        .rsplit_once('.')
        .is_some_and(|(home, name)| BASES.iter().any(|it| it.0 == home && it.1.contains(&name)))
}

/// What a block says of itself, and where that is read.
#[derive(Debug, Clone, Default)]
pub(super) struct Block<'a> {
    /// `_block_type_name`
    name: Option<(&'a Expr, Scope<'a>)>,
    /// `_block_type_slug`
    slug: Option<(&'a Expr, Scope<'a>)>,
    /// `_description`
    description: Option<(&'a Expr, Scope<'a>)>,
}

impl<'a> Block<'a> {
    /// Takes in what `it` says instead.
    pub(super) fn merge(&mut self, it: Self) {
        self.name = it.name.or(self.name);
        self.slug = it.slug.or(self.slug);
        self.description = it.description.or(self.description);
    }

    /// Takes in `stmt` of its body; what is annotated belongs to its instances, unless it is a `ClassVar`.
    pub(super) fn take(&mut self, stmt: &'a Stmt, scope: &Scope<'a>) {
        let (target, value) = match stmt {
            Stmt::Assign(it) => (it.targets.first(), Some(&*it.value)),
            Stmt::AnnAssign(it) if record::is_class_var(&it.annotation, scope) => {
                (Some(&*it.target), it.value.as_deref())
            }
            _ => return,
        };
        let said = value.map(|it| (it, *scope));
        match target.and_then(Expr::as_name_expr).map(|it| it.id.as_str()) {
            Some("_block_type_name") => self.name = said,
            Some("_block_type_slug") => self.slug = said,
            Some("_description") => self.description = said,
            _ => {}
        }
    }

    /// What the schema of `record` has besides that of a model with these `properties`; null for what it has not.
    ///
    /// # Errors
    /// What of it cannot be read without running it.
    pub(super) fn extra(
        &self,
        record: &Record<'a>,
        properties: &Map<String, Value>,
        definitions: &Definitions,
    ) -> Result<Map<String, Value>, NoSchema> {
        let unread = |what: &str| NoSchema::Unread(format!("{what} of `{}`", record.title));
        if record.config.iter().any(|it| it.0 == "json_schema_extra") {
            return Err(unread("`json_schema_extra`"));
        }
        let (slug, description) = self.identity(record)?;
        let mut secrets = Vec::new();
        for (field, property) in record.fields.iter().zip(properties.values()) {
            let count = count(property, definitions)
                .ok_or_else(|| unread(&format!("the block or secret in `{}`", field.name)))?;
            secrets.extend(std::iter::repeat_n(field.name, count));
        }
        let mut out = Map::new();
        out.insert("block_schema_references".into(), json!({}));
        out.insert("block_type_slug".into(), slug.into());
        out.insert("description".into(), description.into());
        out.insert("secret_fields".into(), secrets.into());
        Ok(out)
    }

    /// The slug of its type, and what it says that it is.
    ///
    /// # Errors
    /// When only running it tells.
    pub(super) fn identity(
        &self,
        record: &Record<'a>,
    ) -> Result<(String, Option<String>), NoSchema> {
        let unread = |what: &str| NoSchema::Unread(format!("{what} of `{}`", record.title));
        let unnamed = || unread("the block's name");
        let name = match said(self.slug).ok_or_else(unnamed)? {
            slug if slug.is_empty() => said(self.name).ok_or_else(unnamed)?,
            slug => slug,
        };
        let name = if name.is_empty() { &record.title } else { &name };
        let slug = slug(name).ok_or_else(unnamed)?;
        let mut description = said(self.description).ok_or_else(|| unread("`_description`"))?;
        if self.description.is_none() {
            description = record.description.as_deref().and_then(google::text).unwrap_or_default();
        }
        Ok((slug, Some(description).filter(|it| !it.is_empty())))
    }
}

/// The text that is said, empty if none is; `None` when it is not known.
fn said(it: Option<(&Expr, Scope<'_>)>) -> Option<String> {
    let Some((expr, scope)) = it else { return Some(String::new()) };
    match evaluate(expr, &scope) {
        Evaluated::Json(Value::String(it)) => Some(it),
        _ => None,
    }
}

/// How many secrets a field of this schema is; `None` when there may be some in a class that it refers to, or a block.
fn count(schema: &Value, definitions: &Definitions) -> Option<usize> {
    match schema {
        Value::Object(it) if it.get("writeOnly") == Some(&json!(true)) => Some(1),
        Value::Object(it) if it.contains_key("$ref") => {
            let class = definitions.referred(schema).unwrap_or(&Value::Null);
            let is_block = class.get("block_type_slug").is_some();
            (!is_block && count(class.get("properties")?, definitions)? == 0).then_some(0)
        }
        Value::Object(it) => it.values().map(|it| count(it, definitions)).sum(),
        Value::Array(it) => it.iter().map(|it| count(it, definitions)).sum(),
        _ => Some(0),
    }
}

/// `name` in small letters, all else a dash; `None` where more than that would be changed.
///
/// Source: `slugify` of python-slugify 8.
fn slug(name: &str) -> Option<String> {
    let is_digit = |it: Option<&char>| it.is_some_and(char::is_ascii_digit);
    let chars: Vec<char> = name.to_lowercase().chars().collect();
    let mut out = String::new();
    for (at, it) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| chars.get(at));
        if !it.is_ascii() || *it == '&' {
            return None;
        }
        let is_inside = *it == ',' && is_digit(before) && is_digit(chars.get(at + 1));
        if it.is_ascii_alphanumeric() {
            out.push(*it);
        } else if !is_inside && !out.ends_with('-') {
            out.push('-');
        }
    }
    Some(out.trim_matches('-').to_owned())
}

#[cfg(test)]
mod tests {
    use super::{is_base, slug};

    #[test]
    fn a_slug_has_letters_digits_and_single_dashes() {
        assert_eq!(slug("InfluxCredentials").as_deref(), Some("influxcredentials"));
        assert_eq!(slug(" My  Block_2 (10,000)! ").as_deref(), Some("my-block-2-10000"));
        assert_eq!(slug("Daß"), None);
    }

    #[test]
    fn blocks_are_made_by_those_of_prefect_that_have_no_fields() {
        assert!(is_base("prefect.blocks.abstract.CredentialsBlock"));
        assert!(!is_base("prefect.blocks.system.Secret") && !is_base("Block"));
    }
}
