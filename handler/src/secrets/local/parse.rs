//! `secrets.toml` -> entries, or all its faults.
//!
//! A fault says where and what should be there, and nothing of what is there: that may be a secret.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use domain::secret::SecretName;
use jiff::Timestamp;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::SecretValue;

/// The most bytes of a value, as Key Vault has it.
const LONGEST: usize = 25_600;

/// A secret as the file has it.
pub(super) struct Entry {
    pub(super) name: SecretName,
    pub(super) value: SecretValue,
    pub(super) content_type: Option<String>,
    pub(super) enabled: bool,
    pub(super) not_before: Option<Timestamp>,
    pub(super) expires: Option<Timestamp>,
    pub(super) tags: BTreeMap<String, String>,
}

/// The entries of `text`, in its order.
pub(super) fn entries(text: &str) -> Result<Vec<Entry>, Vec<String>> {
    let mut parser = Parser { text, faults: Vec::new() };
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            let hint = "this is no TOML: a text needs quotes, a time has none, and a name stands only once";
            parser.fault(&error.span().unwrap_or(0..0), hint);
            return Err(parser.faults);
        }
    };
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for (key, value) in table.get_ref() {
        let name = SecretName::new(key.get_ref().as_ref());
        let Ok(name) = name else {
            parser.fault(&key.span(), "a name of a secret has 1 to 127 letters, digits and `-`");
            continue;
        };
        if !seen.insert(name.clone()) {
            parser.fault(&key.span(), "that secret is there already: names are one in any case");
        }
        out.extend(parser.entry(name, &key.span(), value));
    }
    if parser.faults.is_empty() { Ok(out) } else { Err(parser.faults) }
}

struct Parser<'a> {
    text: &'a str,
    faults: Vec<String>,
}

type Value<'a> = Spanned<DeValue<'a>>;

impl Parser<'_> {
    fn fault(&mut self, at: &Range<usize>, want: &str) {
        let before = self.text.get(..at.start).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        self.faults.push(format!("line {line}, column {column}: {want}"));
    }

    /// The secret `name`; `None` when it has no value, which is a fault.
    fn entry(&mut self, name: SecretName, at: &Range<usize>, value: &Value<'_>) -> Option<Entry> {
        let DeValue::Table(table) = value.get_ref() else {
            self.fault(at, "a secret is a table of its own, `[NAME]`, with a `value` in it");
            return None;
        };
        let (mut secret, mut content_type, mut enabled) = (None, None, true);
        let (mut not_before, mut expires, mut tags) = (None, None, BTreeMap::new());
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "value" => secret = Some(self.value(value)),
                "content-type" => content_type = self.string(value),
                "enabled" => enabled = self.flag(value),
                "not-before" => not_before = self.time(value),
                "expires" => expires = self.time(value),
                "tags" => tags = self.tags(value),
                _ => self.fault(
                    &key.span(),
                    "a secret has `value`, `content-type`, `enabled`, `not-before`, `expires` and `tags`",
                ),
            }
        }
        if secret.is_none() {
            self.fault(at, "the secret has no `value`");
        }
        let value = SecretValue::new(secret?);
        Some(Entry { name, value, content_type, enabled, not_before, expires, tags })
    }

    fn value(&mut self, it: &Value<'_>) -> String {
        let text = self.string(it);
        if text.as_ref().is_some_and(|it| it.is_empty() || it.len() > LONGEST) {
            self.fault(&it.span(), "a value has 1 to 25600 bytes");
        }
        text.unwrap_or_default()
    }

    fn string(&mut self, it: &Value<'_>) -> Option<String> {
        if let DeValue::String(text) = it.get_ref() {
            return Some(text.clone().into_owned());
        }
        self.fault(&it.span(), "a text in quotes belongs here");
        None
    }

    fn flag(&mut self, it: &Value<'_>) -> bool {
        if let DeValue::Boolean(flag) = it.get_ref() {
            return *flag;
        }
        self.fault(&it.span(), "true or false belongs here");
        true
    }

    fn time(&mut self, it: &Value<'_>) -> Option<Timestamp> {
        let time = match it.get_ref() {
            DeValue::Datetime(time) => time.to_string().parse().ok(),
            _ => None,
        };
        if time.is_none() {
            self.fault(
                &it.span(),
                "a time without quotes belongs here, such as 2030-01-31T12:00:00Z",
            );
        }
        time
    }

    fn tags(&mut self, it: &Value<'_>) -> BTreeMap<String, String> {
        let DeValue::Table(table) = it.get_ref() else {
            self.fault(&it.span(), "tags belong here, such as { team = \"data\" }");
            return BTreeMap::new();
        };
        let tag = |it: (&Spanned<_>, &Value<'_>)| {
            let key: &std::borrow::Cow<'_, str> = it.0.get_ref();
            Some((key.clone().into_owned(), self.string(it.1)?))
        };
        table.iter().filter_map(tag).collect()
    }
}
