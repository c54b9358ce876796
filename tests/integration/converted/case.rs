//! The cases of `tests/declarations`.

use std::collections::BTreeMap;
use std::path::Path;

use domain::declare::{Code, PullMode, Settings};
use domain::dialect::Dialect;
use domain::names::{BundleId, SourceRoot};
use domain::tree::Tree;

/// One folder.
pub(super) struct Case {
    /// Its name.
    pub(super) name: String,
    /// Its project.
    pub(super) tree: Tree,
    /// As its `case.toml` says, for Prefect 3.9.
    pub(super) settings: Settings,
}

/// All of them, by name.
pub(super) fn all() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("declarations");
    let folders = std::fs::read_dir(root).unwrap().map(|it| it.unwrap().path());
    let mut all: Vec<Case> = folders.filter(|it| it.is_dir()).map(|it| read(&it)).collect();
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

fn read(folder: &Path) -> Case {
    let said = std::fs::read_to_string(folder.join("case.toml")).unwrap();
    let said: BTreeMap<&str, &str> = said.lines().filter_map(|it| it.split_once(" = ")).collect();
    let text = |key: &str, default: &str| {
        said.get(key).map_or(default, |it| it.trim_matches('"')).to_owned()
    };
    let name = text("bundle-name", "flows");
    let now = text("now", "2026-03-02T09:30:00+00:00");
    let mut files = BTreeMap::new();
    super::super::conversion::read(&folder.join("project"), "", &mut files);
    Case {
        name: folder.file_name().unwrap().to_str().unwrap().to_owned(),
        tree: Tree::of_texts(files.iter().map(|(path, text)| (path.as_str(), text.as_str()))),
        settings: Settings {
            live: None,
            dialect: Dialect::new("3.9.1").unwrap(),
            bundle: BundleId::new(&name).unwrap(),
            bundle_name: name,
            source_roots: SourceRoot::usual(),
            environment: environment(said.get("env").copied().unwrap_or_default()),
            now: Some(now.parse().unwrap()),
            default_pool: Some("default".to_owned()),
            overlay: None,
            variables: None,
            pull: PullMode::Auto,
            pip_install: false,
            code: Code::Folder("/srv/code".to_owned()),
        },
    }
}

/// `{ STAGE = "prod", TAGS = '["a"]' }`
fn environment(table: &str) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let mut rest = table.trim_start_matches('{');
    while let Some((key, value)) = rest.split_once(" = ") {
        let quote = value.chars().next().unwrap();
        let (value, others) = value.trim_start_matches(quote).split_once(quote).unwrap();
        out.insert(key.trim_matches([',', ' ']).to_owned(), value.to_owned());
        rest = others;
    }
    out
}
