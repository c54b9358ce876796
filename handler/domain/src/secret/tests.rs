//! What the tests of secrets are made of.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{BlockType, Blocks, Field, Mapping, Properties, Schema, SecretName, VersionId};
use crate::desired::BlockRef;

pub(super) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

pub(super) fn secret(name: &str) -> Properties {
    Properties {
        name: SecretName::new(name).unwrap(),
        version: None,
        enabled: true,
        created: Some(at(0)),
        updated: Some(at(0)),
        not_before: None,
        expires: None,
        content_type: None,
        managed: false,
        tags: BTreeMap::new(),
    }
}

/// One that was made in that second.
pub(super) fn version(name: &str, version: &str, second: i64) -> Properties {
    let (created, updated) = (Some(at(second)), Some(at(second)));
    Properties { version: VersionId::new(version).ok(), created, updated, ..secret(name) }
}

pub(super) fn block(address: &str) -> BlockRef {
    let (r#type, name) = address.split_once('/').unwrap();
    BlockRef { r#type: r#type.to_owned(), name: name.to_owned() }
}

pub(super) fn to(address: &str, field: Field) -> Mapping {
    Mapping { block: block(address), field, quote: false }
}

fn schema(id: &str, fields: &[&str], required: &[&str]) -> Schema {
    let set = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect();
    Schema { id: id.to_owned(), fields: set(fields), required: set(required) }
}

/// A server with the types `secret`, `azure-blob-storage-credentials` and `login`.
pub(super) fn blocks() -> Blocks {
    let credentials = "azure-blob-storage-credentials";
    let of = |schemas| BlockType { id: "type".to_owned(), schemas };
    let old = ["connection_string", "account_url"];
    let new = ["connection_string", "account_url", "client_secret"];
    let types = BTreeMap::from([
        ("secret".to_owned(), of(vec![schema("s", &["value"], &["value"])])),
        (credentials.to_owned(), of(vec![schema("old", &old, &[]), schema("new", &new, &[])])),
        ("login".to_owned(), of(vec![schema("l", &["user", "key", "host"], &["user", "key"])])),
    ]);
    let slugs: BTreeSet<String> = types.keys().cloned().collect();
    Blocks { types, slugs, ..Blocks::default() }
}
