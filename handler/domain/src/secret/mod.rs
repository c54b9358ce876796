//! Secrets of a vault -> fields of Prefect blocks. Values never come here: a plan names a secret and its version.

mod blocks;
mod life;
mod mapping;
mod name;
mod plan;
mod properties;
mod state;
mod table;
pub mod users;

pub use blocks::{BlockType, Blocks, LiveBlock, Schema};
pub use life::{Life, is_near_expiry};
pub use mapping::{Field, Mapping, SECRET, Selection, mapping};
pub use name::{SecretName, VersionId};
pub use plan::{Does, Policy, Step, mapped, steps};
pub use properties::Properties;
pub use state::{Entry, Secrets, Written, newest};
pub use table::{Row, Table, table};

#[cfg(test)]
mod tests;
