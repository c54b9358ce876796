//! What definitions are called. Source: `get_model_name_map` of pydantic 1.

use std::collections::{BTreeMap, BTreeSet};

use super::field::Field;
use super::kind::Type;
use super::pool::{Kind, Model, Pool};
use crate::python::display;
use crate::python::packaged;

/// What the schema of a signature calls itself; a class of the same name gets its long one.
const OWN: &str = "Parameters";

/// The names of the classes in `fields`, by number: a name that two have gets the module before it.
pub(super) fn names(fields: &[Field], pool: &Pool) -> BTreeMap<usize, String> {
    let seen = all(fields, pool);
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

/// The numbers of the classes in `fields`, and of those in these.
fn all(fields: &[Field], pool: &Pool) -> BTreeSet<usize> {
    let (mut seen, mut next) = (BTreeSet::new(), Vec::new());
    for it in fields {
        within(it, &mut next);
    }
    while let Some(number) = next.pop() {
        if !seen.insert(number) {
            continue;
        }
        match pool.get(number).map(|it| &it.kind) {
            Some(Kind::Model(Model { fields, .. }) | Kind::Tuple(fields)) => {
                for it in fields {
                    within(it, &mut next);
                }
            }
            Some(Kind::Installed(it)) => {
                next.extend(
                    packaged::references(&it.schema).into_iter().filter_map(|it| pool.find(it)),
                );
            }
            Some(Kind::Begun | Kind::Enumeration(_)) | None => {}
        }
    }
    seen
}

/// Adds the numbers of the classes in `field` itself.
fn within(field: &Field, out: &mut Vec<usize>) {
    match (&field.inner, &field.parts) {
        (Type::Model(it), _) | (Type::Enumeration(it), None) => out.push(*it),
        (_, Some(parts)) => {
            for it in parts {
                within(it, out);
            }
        }
        _ => {}
    }
}
