//! Blocks that declarations name or hold.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{Desired, Field};
use crate::dialect::Dialect;

/// A block that a declaration refers to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct BlockRef {
    /// Block type slug.
    pub r#type: String,
    /// Block document name.
    pub name: String,
}

impl BlockRef {
    /// `type/name`
    pub fn address(&self) -> String {
        format!("{}/{}", self.r#type, self.name)
    }
}

/// A block without a name: an anonymous document of the server.
#[derive(Debug, Clone, PartialEq)]
pub struct Inline {
    /// What stands for its id until it has one.
    pub address: String,
    /// Block type slug.
    pub r#type: String,
    /// Its fields.
    pub data: Map<String, Value>,
}

impl Desired {
    /// The types of the saved blocks that what is registered on a server of `dialect` rests on.
    pub fn block_types(&self, dialect: Dialect) -> BTreeSet<&str> {
        let loads = self.deployments.iter().filter(|_| !dialect.is_three());
        let loads = loads.flat_map(|it| &it.loads).map(|it| it.r#type.as_str());
        let held = self.deployments.iter().filter_map(|it| it.registered.get(&Field::Storage));
        let held = held.filter_map(|it| Some(it.as_str()?.split_once('/')?.0));
        let named = self.blocks.values().flatten().map(|it| it.r#type.as_str());
        named.chain(loads).chain(held).collect()
    }

    /// Whether a server of Prefect 3 has to be asked for infrastructure that Prefect 2 runs deployments on.
    pub fn asks_for_infrastructure(&self, dialect: Dialect) -> bool {
        dialect.is_three() && self.deployments.iter().any(|it| it.agent)
    }
}
