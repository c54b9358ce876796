//! The project folders in `tests/projects`: between them they use every field of a prefect.yaml.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde_json::{Value, json};
use tempfile::TempDir;
use world::prefect::Server;

/// What the projects take from the environment.
pub(super) const ENVIRONMENT: [(&str, &str); 5] = [
    ("REGION", "north"),
    ("BUILD", "b7"),
    ("ZONE", "Europe/Oslo"),
    ("POOL", "compared"),
    ("ACTIVE", "false"),
];

const BOTH: &[&str] = &["3.9", "2.20"];
/// Where Prefect 2 has no such field, or its own tool stops.
const THREE: &[&str] = &["3.9"];

/// A project folder.
pub(super) struct Project {
    /// Its folder's name; the names of its flows begin with it.
    pub(super) name: &'static str,
    /// Where `prefect deploy` is run in it.
    pub(super) folder: &'static str,
    /// The Prefect versions that read it.
    pub(super) versions: &'static [&'static str],
}

impl Project {
    /// Whether the flow `name` is one of its own.
    pub(super) fn owns(&self, name: &str) -> bool {
        let rest = name.strip_prefix(self.name);
        let other = |it: &&Project| it.name.len() > self.name.len() && name.starts_with(it.name);
        rest.is_some() && !PROJECTS.iter().any(|it| other(&it))
    }
}

const fn project(name: &'static str, versions: &'static [&'static str]) -> Project {
    Project { name, folder: "", versions }
}

/// All of them.
pub(super) const PROJECTS: [Project; 22] = [
    project("anchors", BOTH),
    project("blocks", BOTH),
    project("concurrency", BOTH),
    project("dates", THREE),
    project("empties", THREE),
    project("entrypoints", BOTH),
    Project { name: "in-a-folder", folder: "team", versions: BOTH },
    project("merging", BOTH),
    project("modules", THREE),
    project("parameters", BOTH),
    project("plain", BOTH),
    project("pools", BOTH),
    project("pull", BOTH),
    project("pull-empty", BOTH),
    project("pull-mapping", THREE),
    project("schedules", BOTH),
    project("slugs", BOTH),
    project("steps", BOTH),
    project("templating", BOTH),
    project("triggers", BOTH),
    project("typing", BOTH),
    project("variables", THREE),
];

/// A copy of the project in a folder of its own, since `prefect deploy` may write into it.
pub(super) fn copy(project: &Project) -> anyhow::Result<TempDir> {
    let dir = tempfile::tempdir()?;
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("projects").join(project.name);
    copy_folder(&from, &dir.path().join(project.name))?;
    Ok(dir)
}

fn copy_folder(from: &Path, to: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let from: PathBuf = entry?.path();
        let to = to.join(from.file_name().context("no name")?);
        if from.is_dir() {
            copy_folder(&from, &to)?;
        } else {
            std::fs::copy(&from, &to)?;
        }
    }
    Ok(())
}

/// Makes the pools, variables and the block that the projects name.
pub(super) async fn prepare(server: &Server) -> anyhow::Result<()> {
    for name in ["compared", "compared-2"] {
        server.post("/work_pools/", json!({"name": name, "type": "process"})).await?;
    }
    let variables = json!({
        "text": "words", "cron": "0 4 * * *", "flows_folder": "flows", "level": 7, "switch": true,
        "list": [1, "a", true, null], "options": {"a": 1, "b": true},
    });
    for (name, value) in variables.as_object().into_iter().flatten() {
        let made = server.post("/variables/", json!({"name": name, "value": value})).await;
        // Prefect 2 takes texts only
        anyhow::ensure!(made.is_ok() || !value.is_string(), "variable {name}: {made:?}");
    }
    let r#type = server.get("/block_types/slug/secret").await?;
    let id = r#type.get("id").cloned().unwrap_or_default();
    let filter = json!({"block_schemas": {"block_type_id": {"any_": [id]}}});
    let schemas = server.post("/block_schemas/filter", filter).await?;
    let schema = schemas.pointer("/0/id").cloned().unwrap_or(Value::Null);
    let body = json!({
        "name": "github-token", "data": {"value": "canary-of-a-block"}, "block_type_id": id, "block_schema_id": schema,
    });
    server.post("/block_documents/", body).await.map(|_| ())
}
