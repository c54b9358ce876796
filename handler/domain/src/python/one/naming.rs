//! What definitions are called. Source: `get_model_name_map` of pydantic 1.

use std::collections::{BTreeMap, BTreeSet};

use super::field::Field;
use super::kind::Type;
use super::pool::{Kind, Pool};
use crate::python::display;

/// What the schema of a signature calls itself; a class of the same name gets its long one.
const OWN: &str = "Parameters";

/// The names of the classes in `fields`, by number: a name that two have gets the module before it.
pub(super) fn names(fields: &[Field], pool: &Pool) -> BTreeMap<usize, String> {
    let mut seen = BTreeSet::new();
    for it in fields {
        within(it, pool, &mut seen);
    }
    let class = |number: usize| pool.get(number);
    let name =
        |number: usize| class(number).map(|it| display::identifier(&it.name)).unwrap_or_default();
    let mut counts = BTreeMap::from([(OWN.to_owned(), 1)]);
    for it in &seen {
        *counts.entry(name(*it)).or_insert(0) += 1;
    }
    let named = |it: usize| {
        let short = name(it);
        let is_alone = counts.get(&short).is_none_or(|it| *it < 2);
        let long = class(it).map(|it| it.long.clone()).unwrap_or_default();
        (it, if is_alone { short } else { long })
    };
    seen.iter().copied().map(named).collect()
}

/// Adds the numbers of the classes in `field`.
fn within(field: &Field, pool: &Pool, seen: &mut BTreeSet<usize>) {
    match (&field.inner, &field.parts) {
        (Type::Model(it), _) => class(*it, pool, seen),
        (_, Some(parts)) => parts.iter().for_each(|it| within(it, pool, seen)),
        (Type::Enumeration(it), None) => {
            seen.insert(*it);
        }
        _ => {}
    }
}

fn class(number: usize, pool: &Pool, seen: &mut BTreeSet<usize>) {
    if !seen.insert(number) {
        return;
    }
    match pool.get(number).map(|it| &it.kind) {
        Some(Kind::Model(it)) => it.fields.iter().for_each(|it| within(it, pool, seen)),
        Some(Kind::Tuple(fields)) => fields.iter().for_each(|it| within(it, pool, seen)),
        Some(Kind::Installed(it)) => {
            for key in crate::python::packaged::references(&it.schema) {
                if let Some(it) = pool.find(key) {
                    class(it, pool, seen);
                }
            }
        }
        _ => {}
    }
}
