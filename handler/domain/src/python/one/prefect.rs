//! The classes of Prefect 2 that are models of pydantic 1.

use super::kind::Type;
use super::pool::{Installed, Kind};
use super::types::{Read, Types};
use crate::python::annotation::NoSchema;
use crate::python::packaged::{self, Older};

impl Types<'_> {
    /// The class `dotted` of Prefect; `None` when it is none that is known.
    pub(super) fn installed(&mut self, dotted: &str) -> Option<Read> {
        if dotted == "pydantic.v1.BaseModel" || dotted == "pydantic.v1.main.BaseModel" {
            return Some(Ok(self.base()));
        }
        if let Some(it) = packaged::older(dotted) {
            return Some(Ok(self.enlist(it)));
        }
        let unread = || NoSchema::Unread(format!("the class `{dotted}`"));
        packaged::is_older_model(dotted).then(|| Err(unread()))
    }

    /// Takes in a class and all that it refers to.
    fn enlist(&mut self, it: Older) -> Type {
        let known = self.pool.find(it.key);
        let number = known.unwrap_or_else(|| {
            let long = format!("{}__{}", it.home, it.name);
            self.pool.begin(it.key.to_owned(), it.name.to_owned(), long)
        });
        if known.is_none() {
            let schema = it.schema.clone();
            let kind = match schema.as_object() {
                Some(map) if it.is_enumeration => Kind::Enumeration(map.clone()),
                _ => Kind::Installed(Installed { schema, block: it.block.cloned() }),
            };
            self.pool.finish(number, kind);
            for key in packaged::references(it.schema) {
                if let Some(it) = packaged::older_by_key(key) {
                    self.enlist(it);
                }
            }
        }
        if it.is_enumeration { Type::Enumeration(number) } else { Type::Model(number) }
    }

    /// `BaseModel` itself, which has no fields.
    fn base(&mut self) -> Type {
        let name = "BaseModel";
        if let Some(number) = self.pool.find(name) {
            return Type::Model(number);
        }
        let long = "pydantic.v1.main__BaseModel".to_owned();
        let number = self.pool.begin(name.to_owned(), name.to_owned(), long);
        let title = name.to_owned();
        self.pool.finish(number, Kind::Model(super::pool::Model { title, ..Default::default() }));
        Type::Model(number)
    }
}
