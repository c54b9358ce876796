//! What all targets are given besides the text.

use std::collections::BTreeMap;

use domain::declare::{Code, Live, PullMode, Settings};
use domain::dialect::Dialect;
use domain::names::{BundleId, SourceRoot};

/// A file that declarations may import.
pub const FLOW: &str = "from prefect import flow\n\n@flow\ndef main(day: str = 'today', rows: int = 1):\n    pass\n";

/// Settings of Prefect 3.9 or 2.20, as the length of the text has it.
pub fn of(text: &str) -> Settings {
    let version = if text.len() % 2 == 0 { "3.9.1" } else { "2.20.27" };
    Settings {
        dialect: Dialect::new(version).expect("a version"),
        bundle: BundleId::new("team/bundle").expect("an id"),
        bundle_name: "bundle".to_owned(),
        source_roots: SourceRoot::usual(),
        environment: BTreeMap::from([("STAGE".to_owned(), "dev".to_owned())]),
        now: "2026-01-02T03:04:05Z".parse().ok(),
        default_pool: Some("pool".to_owned()),
        overlay: None,
        variables: None,
        live: (text.len() % 4 < 2).then(Live::default),
        pull: PullMode::Auto,
        pip_install: false,
        code: Code::Folder("/srv/bundle".to_owned()),
    }
}
