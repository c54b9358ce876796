//! The definitions of one schema, and what each is called. Source: pydantic's `GenerateJsonSchema`.

use std::collections::BTreeMap;

use ruff_text_size::TextSize;
use serde_json::Value;

use super::annotation::NoSchema;

/// What each reference starts with.
const PREFIX: &str = "#/definitions/";

/// Most rounds of naming: a name may depend on those inside its definition.
const MAX_ROUNDS: usize = 100;

/// A class: what its definition is called, its module's name, the module and the place there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origin<'n> {
    /// The name, if no other class has it.
    pub(super) name: &'n str,
    /// The dotted name of its module.
    pub(super) module: &'n str,
    /// The number of its module and the place there.
    pub(super) place: (usize, TextSize),
}

#[derive(Debug)]
struct Definition {
    name: String,
    place: (usize, TextSize),
    schema: Value,
}

/// The definitions of a schema, by a key that has the module's name in it.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    by_key: BTreeMap<String, Definition>,
    /// Those of the annotation at hand.
    added: Vec<String>,
}

impl<'n> Origin<'n> {
    /// A type of the installed module `module`.
    pub(super) fn installed(name: &'n str, module: &'n str) -> Self {
        Self { name, module, place: (usize::MAX, TextSize::new(0)) }
    }
}

impl Definitions {
    /// Begins the next annotation.
    pub(super) fn begin(&mut self) {
        self.added.clear();
    }

    /// A reference to the definition of `origin`, and whether that is yet to be written.
    ///
    /// # Errors
    /// Another class of the same module has the name.
    pub(super) fn reference(&self, origin: Origin<'_>) -> Result<(Value, bool), NoSchema> {
        let key = key(origin);
        let known = self.by_key.get(&key);
        if known.is_some_and(|it| it.place != origin.place) {
            return Err(NoSchema::Ambiguous(origin.name.to_owned()));
        }
        Ok((serde_json::json!({"$ref": format!("{PREFIX}{key}")}), known.is_none()))
    }

    /// Keeps the definition of `origin`; it goes away again when the annotation turns out to have no schema.
    pub(super) fn define(&mut self, origin: Origin<'_>, schema: Value) {
        let (name, place) = (origin.name.to_owned(), origin.place);
        self.added.push(key(origin));
        self.by_key.insert(key(origin), Definition { name, place, schema });
    }

    /// What `reference` refers to, as far as it is written.
    pub(super) fn referred(&self, reference: &Value) -> Option<&Value> {
        let key = reference.get("$ref")?.as_str()?.strip_prefix(PREFIX)?;
        self.by_key.get(key).map(|it| &it.schema)
    }

    /// How many the annotation at hand has made so far.
    pub(super) fn added(&self) -> usize {
        self.added.len()
    }

    /// Takes back those of the annotation at hand, but for the first `kept`.
    pub(super) fn forget(&mut self, kept: usize) {
        for key in self.added.drain(kept.min(self.added.len())..) {
            self.by_key.remove(&key);
        }
    }

    /// The definitions by name, the references in them and in `schema` made to fit.
    ///
    /// A name that definitions of different content have gets the module's name before it.
    pub(super) fn settle(self, schema: &mut Value) -> BTreeMap<String, Value> {
        let mut names = BTreeMap::new();
        for _ in 0..MAX_ROUNDS {
            let next = self.named(&names);
            if next == names {
                break;
            }
            names = next;
        }
        rename(schema, &names);
        let named = self.by_key.into_iter().map(|(key, mut it)| {
            rename(&mut it.schema, &names);
            (names.get(&key).cloned().unwrap_or(key), it.schema)
        });
        named.collect()
    }

    /// The name of each key, when references are called `names`.
    fn named(&self, names: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        let mut same: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (key, it) in &self.by_key {
            same.entry(&it.name).or_default().push(key);
        }
        let name = |(key, it): (&String, &Definition)| {
            let alone = same.get(it.name.as_str()).is_none_or(|keys| self.agree(keys, names));
            (key.clone(), if alone { it.name.clone() } else { key.clone() })
        };
        self.by_key.iter().map(name).collect()
    }

    /// Whether the definitions `keys` have one content.
    fn agree(&self, keys: &[&str], names: &BTreeMap<String, String>) -> bool {
        let renamed = |key: &&str| {
            let mut schema = self.by_key.get(*key)?.schema.clone();
            rename(&mut schema, names);
            Some(schema)
        };
        keys.len() < 2
            || keys.windows(2).all(|it| it.first().map(renamed) == it.last().map(renamed))
    }
}

/// What the definition of `origin` is called while the schema is made.
pub(super) fn key(origin: Origin<'_>) -> String {
    format!("{}__{}", origin.module.replace('.', "__"), origin.name)
}

/// Calls every reference in `schema` what `names` has for it.
fn rename(schema: &mut Value, names: &BTreeMap<String, String>) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(|it| rename(it, names)),
        Value::Object(map) => map.values_mut().for_each(|it| rename(it, names)),
        // a reference, or a value of `discriminator.mapping`
        Value::String(it) => {
            if let Some(name) = it.strip_prefix(PREFIX).and_then(|it| names.get(it)) {
                *it = format!("{PREFIX}{name}");
            }
        }
        _ => {}
    }
}
