//! UUIDs that are computed from names.

use uuid::Uuid;

/// The `UUIDv5` of `name`.
pub(super) fn v5(name: &str) -> String {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes()).to_string()
}
