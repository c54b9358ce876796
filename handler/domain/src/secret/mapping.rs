//! Which field of which block a secret goes to: by its tags, or by a table for people who may not tag secrets.

use std::collections::BTreeMap;

use super::{Properties, SecretName, Table};
use crate::desired::BlockRef;
use crate::diagnostic::did_you_mean;

/// The block type whose only field is the secret itself.
pub const SECRET: &str = "secret";
const BLOCK: &str = "prefect-block";
const TYPE: &str = "prefect-block-type";
const FIELD: &str = "prefect-block-field";
const QUOTE: &str = "prefect-block-quote";
const TAGS: [&str; 4] = [BLOCK, TYPE, FIELD, QUOTE];

/// Which secrets of the vault count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Selection {
    /// Those with one of our tags, and those of the table.
    #[default]
    Tagged,
    /// All.
    All,
    /// Those whose name starts so, in lower case, besides those that are tagged.
    Prefix(String),
}

impl Selection {
    /// `tagged`, `all`, or the start of a name and `*`; `None` for anything else.
    pub fn new(text: &str) -> Option<Self> {
        match text {
            "tagged" => Some(Self::Tagged),
            "all" => Some(Self::All),
            _ => {
                let start = SecretName::new(text.strip_suffix('*')?).ok()?;
                Some(Self::Prefix(start.as_str().to_owned()))
            }
        }
    }

    /// Never the key of a certificate, which nobody put there as a secret: that one has to be named.
    fn takes(&self, secret: &Properties) -> bool {
        match self {
            Self::Tagged => false,
            _ if secret.managed => false,
            Self::All => true,
            Self::Prefix(start) => secret.name.as_str().starts_with(start),
        }
    }
}

/// Where a secret goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// The block.
    pub block: BlockRef,
    /// What of it.
    pub field: Field,
    /// The value is written as a JSON string, so that Prefect 3 does not take it for a number, an object or the like.
    pub quote: bool,
}

/// What of a block a secret is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// This one.
    One(String),
    /// The secret is a JSON object of fields.
    Object,
    /// None is named.
    Unnamed,
}

impl Field {
    /// Its name, where it is one.
    pub fn name(&self) -> Option<&str> {
        if let Self::One(name) = self { Some(name) } else { None }
    }
}

impl Mapping {
    /// What it is called: `type/name`, and the field where there is one.
    pub fn address(&self) -> String {
        match &self.field {
            Field::One(field) => format!("{}.{field}", self.block.address()),
            Field::Object | Field::Unnamed => self.block.address(),
        }
    }
}

/// Where the secret goes; `None` when it does not count, `Err` with the reason when what is said of it is wrong.
pub fn mapping(
    secret: &Properties,
    selection: &Selection,
    table: &Table,
) -> Option<Result<Mapping, String>> {
    if let Some(row) = table.get(&secret.name) {
        let said = |it: &Option<String>| it.clone();
        let (block, r#type, field) = (said(&row.block), said(&row.r#type), said(&row.field));
        return Some(made(secret, block, r#type, (field, row.quote)));
    }
    let ours: BTreeMap<&str, &str> = of_ours(&secret.tags);
    if ours.is_empty() && !selection.takes(secret) {
        return None;
    }
    Some(tagged(secret, &ours))
}

/// Whether any of its tags is ours, or looks as if it was meant to be.
pub(super) fn is_tagged(secret: &Properties) -> bool {
    !of_ours(&secret.tags).is_empty()
}

/// The tags that are ours, or look as if they were meant to be.
fn of_ours(tags: &BTreeMap<String, String>) -> BTreeMap<&str, &str> {
    let ours = tags.iter().filter(|(name, _)| name.starts_with(BLOCK));
    ours.map(|(name, value)| (name.as_str(), value.trim())).collect()
}

fn tagged(secret: &Properties, tags: &BTreeMap<&str, &str>) -> Result<Mapping, String> {
    if let Some(unknown) = tags.keys().find(|it| !TAGS.contains(it)) {
        let near = did_you_mean(unknown, TAGS);
        return Err(format!("there is no tag `{unknown}`: there are {}{near}", TAGS.join(", ")));
    }
    let quote = match tags.get(QUOTE).copied() {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(format!("the tag `{QUOTE}` is true or false")),
    };
    let text = |name: &str| tags.get(name).map(|it| (*it).to_owned());
    made(secret, text(BLOCK), text(TYPE), (text(FIELD), quote))
}

fn made(
    secret: &Properties,
    block: Option<String>,
    r#type: Option<String>,
    (field, quote): (Option<String>, bool),
) -> Result<Mapping, String> {
    let name = block.unwrap_or_else(|| secret.name.as_str().to_owned());
    let r#type = r#type.unwrap_or_else(|| SECRET.to_owned());
    for (what, text) in [("name of a block", &name), ("type of a block", &r#type)] {
        if !is_slug(text) {
            return Err(format!("the {what} is of a-z, 0-9 and `-`; `{text}` is not"));
        }
    }
    let is_secret = r#type == SECRET;
    if quote && !is_secret {
        return Err(format!("`{QUOTE}` is for blocks of type `{SECRET}`, not for `{type}`"));
    }
    let field = match field {
        Some(field) if is_field(&field) => Field::One(field),
        Some(field) => return Err(format!("`{field}` is not the name of a field")),
        None if is_secret => Field::One("value".to_owned()),
        None if is_json(secret) => Field::Object,
        None => Field::Unnamed,
    };
    Ok(Mapping { block: BlockRef { r#type, name }, field, quote })
}

/// Source: Prefect refuses any other name of a block document and slug of a block type.
fn is_slug(text: &str) -> bool {
    let is_legal = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
    !text.is_empty() && text.chars().all(is_legal)
}

fn is_field(text: &str) -> bool {
    let is_legal = |it: char| it.is_ascii_alphanumeric() || it == '_';
    text.starts_with(|it: char| !it.is_ascii_digit()) && text.chars().all(is_legal)
}

/// `application/json`, whatever its case and parameters.
fn is_json(secret: &Properties) -> bool {
    let kind = secret.content_type.as_deref().unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

#[cfg(test)]
mod tests {
    use super::super::tests::secret;
    use super::*;

    fn check(tags: &[(&str, &str)], selection: &str) -> String {
        let mut it = secret("DB-Pass");
        it.tags = tags.iter().map(|(name, it)| ((*name).into(), (*it).into())).collect();
        let selection = Selection::new(selection).unwrap();
        match mapping(&it, &selection, &Table::default()) {
            None => "not selected".to_owned(),
            Some(Ok(it)) => it.address(),
            Some(Err(why)) => why,
        }
    }

    #[test]
    fn a_secret_counts_when_it_is_tagged_or_the_setting_takes_it() {
        assert_eq!(check(&[], "tagged"), "not selected");
        assert_eq!(check(&[("team", "a")], "tagged"), "not selected");
        assert_eq!(check(&[], "all"), "secret/db-pass.value");
        assert_eq!(check(&[], "db-*"), "secret/db-pass.value");
        assert_eq!(check(&[], "web-*"), "not selected");
        assert_eq!(check(&[("prefect-block", "x")], "web-*"), "secret/x.value");
    }

    #[test]
    fn the_key_of_a_certificate_counts_only_when_it_is_named() {
        let mut it = Properties { managed: true, ..secret("tls") };
        let selection = Selection::All;
        assert_eq!(mapping(&it, &selection, &Table::default()), None);
        it.tags.insert("prefect-block".to_owned(), "tls".to_owned());
        assert!(mapping(&it, &selection, &Table::default()).is_some());
    }

    #[test]
    fn tags_name_block_type_and_field() {
        let tags = [
            ("prefect-block", "store"),
            ("prefect-block-type", "azure-blob-storage-credentials"),
            ("prefect-block-field", "connection_string"),
        ];
        let want = "azure-blob-storage-credentials/store.connection_string";
        assert_eq!(check(&tags, "tagged"), want);
        assert_eq!(check(&tags[1..2], "tagged"), "azure-blob-storage-credentials/db-pass");
    }

    #[test]
    fn what_cannot_be_meant_is_said() {
        let wrong = |name: &str, value: &str| check(&[(name, value)], "tagged");
        assert!(wrong("prefect-block-typ", "x").ends_with("did you mean `prefect-block-type`?"));
        assert!(wrong("prefect-block", "My_Block").contains("a-z, 0-9 and `-`"));
        assert!(wrong("prefect-block-field", "a b").contains("not the name of a field"));
        assert!(wrong("prefect-block-quote", "yes").contains("true or false"));
        let quoted = [("prefect-block-type", "azure"), ("prefect-block-quote", "true")];
        assert!(check(&quoted, "tagged").contains("not for `azure`"));
    }

    #[test]
    fn json_is_an_object_of_fields_but_for_a_secret_block() {
        let mut it = secret("a");
        it.content_type = Some("Application/JSON; charset=utf-8".to_owned());
        let field = |it: &Properties| {
            mapping(it, &Selection::All, &Table::default()).unwrap().unwrap().field
        };
        assert_eq!(field(&it), Field::One("value".to_owned()));
        it.tags.insert("prefect-block-type".to_owned(), "aws-credentials".to_owned());
        assert_eq!(field(&it), Field::Object);
    }
}
