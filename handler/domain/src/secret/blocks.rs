//! What the server has of the blocks that secrets go to.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{Field, Mapping};
use crate::desired::BlockRef;
use crate::diagnostic::did_you_mean;

/// The saved blocks of the types that count, and those types.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Blocks {
    /// By type and name.
    pub live: BTreeMap<BlockRef, LiveBlock>,
    /// By slug; one that is missing is not registered.
    pub types: BTreeMap<String, BlockType>,
    /// The slugs of all types, where one that counts is missing.
    pub slugs: BTreeSet<String>,
}

/// A saved block; never what its fields hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LiveBlock {
    /// Its id.
    pub id: String,
    /// When it was changed last, as the server says it.
    pub updated: String,
    /// The schema that it follows.
    pub schema: String,
    /// The names of the fields that it has.
    pub fields: BTreeSet<String>,
    /// The ids of the blocks that are in it, by their fields.
    pub inner: BTreeMap<String, String>,
}

/// A type of block that is registered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BlockType {
    /// Its id.
    pub id: String,
    /// Its schemas, newest first, which is not the highest version.
    pub schemas: Vec<Schema>,
}

/// One schema of a type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Schema {
    /// Its id.
    pub id: String,
    /// The names of its fields.
    pub fields: BTreeSet<String>,
    /// Those that a block must have.
    pub required: BTreeSet<String>,
}

impl LiveBlock {
    /// The blocks in it that are not among the `fields` that are written, as a write has to name them for them to stay.
    pub fn inner_beside(&self, fields: &BTreeSet<String>) -> impl Iterator<Item = (String, Value)> {
        let stays = self.inner.iter().filter(|(field, _)| !fields.contains(*field));
        stays.map(|(field, id)| (field.clone(), json!({"$ref": {"block_document_id": id}})))
    }

    /// Which of its fields do not go with `fields` that are written to `block`: credentials have a connection string or an
    /// account's address, and a block that has both does not load.
    pub fn excluded(&self, block: &BlockRef, fields: &BTreeSet<String>) -> Option<&'static str> {
        let ways = [("connection_string", "account_url"), ("account_url", "connection_string")];
        let is_it = |(way, other): &(&str, &str)| {
            fields.contains(*way) && self.fields.contains(*other) && !fields.contains(*other)
        };
        let of_credentials = block.r#type == "azure-blob-storage-credentials";
        ways.into_iter().find(|it| of_credentials && is_it(it)).map(|it| it.1)
    }
}

impl BlockType {
    /// The schema to write `fields` with: that of `live` if it has them, else the first that has them and all that `live` holds:
    /// what no schema describes is not masked.
    pub fn schema(&self, live: Option<&LiveBlock>, fields: &BTreeSet<String>) -> Option<&Schema> {
        let own = live.and_then(|live| self.schemas.iter().find(|it| it.id == live.schema));
        let holds: BTreeSet<&String> = live.into_iter().flat_map(|it| &it.fields).collect();
        let has = |it: &&Schema| fields.is_subset(&it.fields);
        let has_all = |it: &&Schema| has(it) && holds.iter().all(|name| it.fields.contains(*name));
        own.filter(has).or_else(|| self.schemas.iter().find(has_all))
    }

    /// What a new block of `fields` lacks: without it, it would load for nobody.
    pub fn lacking(&self, fields: &BTreeSet<String>) -> Vec<&str> {
        let schema = self.schema(None, fields);
        let required = schema.into_iter().flat_map(|it| &it.required);
        required.filter(|it| !fields.contains(*it)).map(String::as_str).collect()
    }

    /// The names of the fields of all its schemas.
    pub fn fields(&self) -> BTreeSet<&str> {
        self.schemas.iter().flat_map(|it| &it.fields).map(String::as_str).collect()
    }
}

impl Blocks {
    /// Why the server cannot have what `mapping` says, if so.
    pub fn refusal(&self, mapping: &Mapping) -> Option<String> {
        let r#type = &mapping.block.r#type;
        let Some(known) = self.types.get(r#type) else { return Some(self.unregistered(r#type)) };
        let fields = known.fields();
        let list = fields.iter().copied().collect::<Vec<_>>().join(", ");
        match &mapping.field {
            Field::One(field) if !fields.contains(field.as_str()) => {
                let near = did_you_mean(field, fields.iter().copied());
                Some(format!(
                    "a block of type `{type}` has no field `{field}`: it has {list}{near}"
                ))
            }
            Field::Unnamed => Some(format!(
                "which field of a block of type `{type}`? Say it with the tag `prefect-block-field` ({list}), or make the secret an object of fields with the content type `application/json`"
            )),
            Field::One(_) | Field::Object => None,
        }
    }

    fn unregistered(&self, slug: &str) -> String {
        if slug == "azure" {
            return "the server has no block type `azure`, which is one of Prefect 2: a worker of Prefect 3 takes `azure-blob-storage-credentials`".to_owned();
        }
        let near = did_you_mean(slug, self.slugs.iter().map(String::as_str));
        let module = module(slug);
        format!(
            "the server has no block type `{slug}`{near}; register it with `prefect block register -m {module}`"
        )
    }
}

/// The package that brings the block types whose slug starts so; by the collections of Prefect's own repository.
const PACKAGES: [(&str, &str); 16] = [
    ("azure-", "prefect_azure"),
    ("aws-", "prefect_aws"),
    ("s3-", "prefect_aws"),
    ("ecs-", "prefect_aws"),
    ("minio-", "prefect_aws"),
    ("gcp-", "prefect_gcp"),
    ("gcs-", "prefect_gcp"),
    ("bigquery-", "prefect_gcp"),
    ("kubernetes-", "prefect_kubernetes"),
    ("docker-", "prefect_docker"),
    ("databricks-", "prefect_databricks"),
    ("dbt-", "prefect_dbt"),
    ("snowflake-", "prefect_snowflake"),
    ("slack-", "prefect_slack"),
    ("github-", "prefect_github"),
    ("sqlalchemy-", "prefect_sqlalchemy"),
];

fn module(slug: &str) -> &'static str {
    let package = PACKAGES.iter().find(|(start, _)| slug.starts_with(start));
    package.map_or("THE_MODULE_THAT_DEFINES_IT", |it| it.1)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{blocks, to};
    use super::*;

    fn check(mapping: &Mapping) -> String {
        blocks().refusal(mapping).unwrap_or_default()
    }

    #[test]
    fn a_type_that_is_not_registered_is_said_with_how_to_register_it() {
        let it = check(&to("aws-credentials/a", Field::Object));
        assert!(it.contains("no block type `aws-credentials`"), "{it}");
        assert!(it.ends_with("`prefect block register -m prefect_aws`"), "{it}");
        let it = check(&to("azure-blob-storage-credential/a", Field::Object));
        assert!(it.contains("did you mean `azure-blob-storage-credentials`?"), "{it}");
    }

    #[test]
    fn the_storage_of_prefect_2_is_named_as_such() {
        let it = check(&to("azure/a", Field::Object));
        assert!(it.ends_with("takes `azure-blob-storage-credentials`"), "{it}");
    }

    #[test]
    fn of_two_ways_to_an_account_a_block_has_one() {
        let set = |it: &str| BTreeSet::from([it.to_owned()]);
        let live = |it: &str| LiveBlock { fields: set(it), ..LiveBlock::default() };
        let (key, url) = ("connection_string", "account_url");
        let of = super::super::tests::block;
        let credentials = of("azure-blob-storage-credentials/a");
        assert_eq!(live(url).excluded(&credentials, &set(key)), Some(url));
        assert_eq!(live(key).excluded(&credentials, &set(url)), Some(key));
        assert_eq!(live(key).excluded(&credentials, &set(key)), None);
        assert_eq!(live(key).excluded(&of("login/a"), &set(url)), None);
    }

    #[test]
    fn a_field_is_one_that_the_type_has() {
        let of = |field: &str| to("azure-blob-storage-credentials/a", Field::One(field.into()));
        assert_eq!(check(&of("connection_string")), "");
        let it = check(&of("connection-string"));
        assert!(it.ends_with("did you mean `connection_string`?"), "{it}");
        let it = check(&to("azure-blob-storage-credentials/a", Field::Unnamed));
        assert!(it.contains("(account_url, client_secret, connection_string)"), "{it}");
    }

    #[test]
    fn a_block_in_it_stays_where_nothing_else_takes_its_place() {
        let inner = BTreeMap::from([("credentials".to_owned(), "id-1".to_owned())]);
        let live = LiveBlock { inner, ..LiveBlock::default() };
        let beside = |field: &str| {
            live.inner_beside(&BTreeSet::from([field.to_owned()])).collect::<Vec<_>>()
        };
        let reference = json!({"$ref": {"block_document_id": "id-1"}});
        assert_eq!(beside("base_folder"), [("credentials".to_owned(), reference)]);
        assert_eq!(beside("credentials"), []);
    }

    #[test]
    fn the_schema_of_the_block_stays_when_it_has_the_fields() {
        let (blocks, of) = (blocks(), |it: &str| BTreeSet::from([it.to_owned()]));
        let known = &blocks.types["azure-blob-storage-credentials"];
        let live = LiveBlock { schema: "old".to_owned(), ..LiveBlock::default() };
        let schema = |it: &str| known.schema(Some(&live), &of(it)).map(|it| it.id.as_str());
        assert_eq!(schema("connection_string"), Some("old"), "its own");
        assert_eq!(schema("client_secret"), Some("new"));
        assert_eq!(schema("nothing"), None);
        let fields = BTreeSet::from(["of no schema".to_owned()]);
        let other = LiveBlock { fields, ..live };
        assert_eq!(known.schema(Some(&other), &of("client_secret")), None, "it would lose one");
    }
}
