//! The vault and the server as they are before the event, one secret and one block for each row.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use world::prefect::Server;
use world::vault::Draft;

use super::super::Rotation;

/// A type whose blocks may have the name of a row's block, and a field of it.
const OTHER: (&str, &str) = ("azure-blob-storage-container", "container_name");
const DAY: i64 = 86_400;

/// One secret with one block, by the words of the table.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) secret: &'static str,
    pub(super) block: &'static str,
    pub(super) event: &'static str,
    pub(super) want: &'static str,
}

impl Row {
    /// That of the secret, and of its block.
    pub(super) fn name(&self) -> String {
        format!("row-{}-{}-{}", self.secret, self.block, self.event.to_lowercase())
    }

    /// A version, which says where the column wants it to go.
    fn draft(&self, value: &str) -> Draft {
        let draft = Draft::new(&format!("{value} {}", self.name()));
        match self.block {
            "no-type" => draft.tag("prefect-block-type", "no-such-type"),
            "no-field" => draft.tag("prefect-block-field", "no-such-field"),
            _ => draft.tag("prefect-block-type", "secret"),
        }
    }

    /// Whether passes before the event see it.
    fn is_known(&self) -> bool {
        !["none", "namesake"].contains(&self.block)
    }

    fn was_deleted(&self) -> bool {
        ["deleted", "recovered", "purged"].contains(&self.secret)
    }
}

/// An installation with all rows.
pub(super) struct Stage {
    pub(super) it: Rotation,
    rows: Vec<Row>,
}

impl Stage {
    /// Everything has happened but the event.
    pub(super) async fn start(name: &'static str, server: &'static Server, rows: Vec<Row>) -> Self {
        // one job after the other: none leaves its secret to the pass of another one
        let one = [("AzureFunctionsJobHost__extensions__queues__batchSize", "1")];
        let stage = Self { it: Rotation::with(name, server, &one).await, rows };
        stage.known().await;
        stage.unknown().await;
        stage.secrets_change();
        stage.blocks_change().await;
        stage
    }

    pub(super) fn each(&self, which: impl Fn(&Row) -> bool) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |it| which(it))
    }

    /// Counts writes and reads from now on.
    pub(super) fn forget(&self) {
        self.it.vault.forget();
        self.it.it.proxy.take();
        self.it.it.proxy.exchanges();
    }

    /// First versions are written, or refused; then some of them are deleted, which the next pass sees.
    async fn known(&self) {
        let vault = &self.it.vault;
        // once the times of a change are old enough, they alone tell that nothing happened
        vault.pass(-300);
        self.theirs("foreign").await;
        for row in self.each(Row::is_known) {
            vault.put(&row.name(), row.draft("one")).unwrap();
        }
        self.it.it.timer().await;
        for row in self.each(|it| it.is_known() && it.was_deleted()) {
            vault.delete(&row.name()).unwrap();
        }
        vault.settle();
        self.it.it.timer().await;
    }

    /// Secrets that no pass sees before the event.
    async fn unknown(&self) {
        let vault = &self.it.vault;
        let namesakes = self.each(|it| it.block == "namesake");
        self.save(OTHER.0, namesakes, |_| json!({OTHER.1: "theirs"})).await;
        for row in self.each(|it| !it.is_known()) {
            vault.put(&row.name(), row.draft("one")).unwrap();
            if row.was_deleted() {
                vault.delete(&row.name()).unwrap();
            }
        }
        vault.settle();
    }

    fn secrets_change(&self) {
        let (vault, now) = (&self.it.vault, jiff::Timestamp::now().as_second());
        vault.pass(5);
        for row in &self.rows {
            let (name, two) = (row.name(), row.draft("two"));
            let put = |it: Draft| drop(vault.put(&name, it).unwrap());
            match row.secret {
                "new-version" => put(two),
                "disabled" => put(Draft { disabled: true, ..two }),
                "not-yet-valid" => put(Draft { not_before: Some(now + DAY), ..two }),
                "expired" => put(Draft { expires: Some(now - DAY), ..two }),
                "new-untagged" => put(Draft { tags: BTreeMap::new(), ..two }),
                "untagged" => vault.update(&name, |it| it.tags.clear()).unwrap(),
                "recovered" => vault.recover(&name).unwrap(),
                "purged" => vault.purge(&name).unwrap(),
                _ => {}
            }
        }
        vault.settle();
    }

    async fn blocks_change(&self) {
        let changed = ["changed", "gone", "remade"];
        let rows: Vec<&Row> = self.each(|it| changed.contains(&it.block)).collect();
        let blocks = self.blocks(&rows).await;
        for row in rows {
            let name = row.name();
            let path = format!("/block_documents/{}", blocks[&name].0);
            if row.block == "changed" {
                let data = json!({"data": {"value": format!("by hand {name}")}});
                self.it.it.server.patch(&path, data).await.unwrap();
            } else {
                self.it.it.server.delete(&path).await.unwrap();
            }
        }
        self.theirs("remade").await;
    }

    /// Somebody makes blocks of our names.
    async fn theirs(&self, block: &str) {
        let rows = self.each(|it| it.block == block);
        self.save("secret", rows, |row| json!({"value": format!("theirs {}", row.name())})).await;
    }

    /// Somebody makes blocks of the type `kind` with the names of `rows`.
    async fn save<'a>(
        &self,
        kind: &str,
        rows: impl Iterator<Item = &'a Row>,
        data: impl Fn(&Row) -> Value,
    ) {
        let server = self.it.it.server;
        let known = server.get(&format!("/block_types/slug/{kind}")).await.unwrap();
        let of = json!({"block_schemas": {"block_type_id": {"any_": [known["id"]]}}});
        let schema = server.post("/block_schemas/filter", of).await.unwrap()[0]["id"].clone();
        for row in rows {
            let (name, data) = (row.name(), data(row));
            let body = json!({"name": name, "data": data, "block_type_id": known["id"], "block_schema_id": schema});
            server.post("/block_documents/", body).await.unwrap();
        }
    }

    /// Id and value of the `secret` blocks of `rows`, by their names.
    pub(super) async fn blocks(&self, rows: &[&Row]) -> BTreeMap<String, (String, String)> {
        let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
        let found = self.listed("secret", rows).await.into_iter();
        found.map(|it| (text(&it["name"]), (text(&it["id"]), text(&it["data"]["value"])))).collect()
    }

    /// What is in the blocks of the other type.
    pub(super) async fn namesakes(&self) -> Vec<String> {
        let rows: Vec<&Row> = self.each(|it| it.block == "namesake").collect();
        let found = self.listed(OTHER.0, &rows).await.into_iter();
        found.map(|it| it["data"][OTHER.1].as_str().unwrap_or_default().to_owned()).collect()
    }

    async fn listed(&self, kind: &str, rows: &[&Row]) -> Vec<Value> {
        let names: Vec<String> = rows.iter().map(|it| it.name()).collect();
        let filter = json!({
            "block_documents": {"name": {"any_": names}}, "block_types": {"slug": {"any_": [kind]}},
            "include_secrets": true, "limit": 200,
        });
        let found = self.it.it.server.post("/block_documents/filter", filter).await.unwrap();
        found.as_array().unwrap().clone()
    }
}
