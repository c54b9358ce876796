//! What Cargo and clippy cannot check.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|it| it == "rs") {
            out.push(path);
        }
    }
}

fn all(folder: &str) -> Vec<(String, String)> {
    let mut paths = Vec::new();
    sources(&root().join(folder), &mut paths);
    let read = |it: PathBuf| {
        let name = it.strip_prefix(root()).unwrap().display().to_string();
        (name, std::fs::read_to_string(&it).unwrap())
    };
    paths.into_iter().map(read).collect()
}

#[test]
fn functions_are_folders_and_routes() {
    let folders = std::fs::read_dir(root().join("function-app")).unwrap();
    let folders: BTreeSet<String> =
        folders.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(folders, handler::functions::FUNCTIONS.iter().map(|it| (*it).to_owned()).collect());
}

#[test]
fn no_file_is_longer_than_400_lines() {
    for (name, text) in all("handler") {
        assert!(text.lines().count() <= 400, "{name}");
    }
}

#[test]
fn walls_hold() {
    let rules: [(&str, &str, &[&str]); 5] = [
        (
            "handler/src",
            "use azure_",
            &["handler/src/azure.rs", "handler/src/stores", "handler/src/secrets"],
        ),
        (
            "handler/src",
            "reqwest::",
            &[
                "handler/src/azure.rs",
                "handler/src/prefect",
                // the keys of tokens: a service of its own, which no other client knows
                "handler/src/entra",
                "handler/src/functions/tests.rs",
            ],
        ),
        ("handler/src", "use axum", &["handler/src/functions", "handler/src/serve"]),
        ("handler/src", "std::env::var(", &["handler/src/config"]),
        ("handler/src", "use tracing_subscriber", &["handler/src/telemetry.rs"]),
    ];
    for (folder, needle, allowed) in rules {
        for (name, text) in all(folder) {
            let inside = allowed.iter().any(|it| name.starts_with(it));
            assert!(inside || !text.contains(needle), "{name} has `{needle}`");
        }
    }
}

/// The crates that decisions may use: none of them does I/O here, none brings a runtime.
const DOMAIN: [&str; 16] = [
    "annotate-snippets",
    "granit-parser",
    "ignore",
    "jiff",
    "md-5",
    "regex-automata",
    "ruff_python_ast",
    "ruff_python_parser",
    "ruff_text_size",
    "serde",
    "serde_json",
    "sha2",
    "strsim",
    "thiserror",
    "toml",
    "uuid",
];

#[test]
fn decisions_depend_on_no_runtime_and_no_client() {
    let manifest = std::fs::read_to_string(root().join("handler/domain/Cargo.toml")).unwrap();
    let section = manifest.split("[dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    let names = section.lines().filter_map(|it| it.split(['.', ' ', '=']).next());
    let names: Vec<&str> = names.filter(|it| !it.is_empty()).collect();
    assert_eq!(names, DOMAIN);
    for (name, text) in all("handler/domain/src") {
        for word in
            ["std::fs", "std::net", "std::env", "std::process", "SystemTime", "Instant::now"]
        {
            // a test may look at the sources
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            assert!(!code.contains(word), "{name} has {word}");
        }
    }
}

#[test]
fn every_setting_is_in_the_readme() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let files = all("handler/src/config").into_iter().filter(|it| !it.0.ends_with("tests.rs"));
    let code = files.map(|it| it.1.split("#[cfg(test)]").next().unwrap_or_default().to_owned());
    let texts: Vec<String> =
        code.flat_map(|it| it.split('"').map(str::to_owned).collect::<Vec<_>>()).collect();
    let ours =
        |it: &&String| ["SYNC_", "PREFECT_", "SyncStorage"].iter().any(|p| it.starts_with(p));
    // one that ends so is what names start with
    let names: Vec<&String> = texts.iter().filter(ours).filter(|it| !it.ends_with('_')).collect();
    assert!(names.len() > 40, "{names:?}");
    for name in names {
        assert!(
            readme.contains(&format!("`{name}`")),
            "{name} is missing in the table of README.md"
        );
    }
}

fn json(path: &str) -> serde_json::Value {
    serde_json::from_str(&std::fs::read_to_string(root().join(path)).unwrap()).unwrap()
}

#[test]
fn the_package_agrees_with_the_defaults_of_the_settings() {
    let lookup = |it: &str| (it == "PREFECT_API_URL").then(|| "http://h/api".to_owned());
    let config = handler::config::Config::from_env(lookup).unwrap();
    let host = json("host.json");
    let timeout = host["functionTimeout"].as_str().unwrap();
    let seconds = timeout.split(':').fold(0, |sum, it| sum * 60 + it.parse::<u64>().unwrap());
    assert_eq!(seconds, config.function_timeout.as_secs());
    let queues = &host["extensions"]["queues"];
    assert_eq!(queues["maxDequeueCount"], handler::serve::MAX_DEQUEUE);
    assert_eq!(queues["messageEncoding"], "base64");
    let mut bound = 0;
    for function in handler::functions::FUNCTIONS {
        let document = json(&format!("function-app/{function}/function.json"));
        let bindings = document["bindings"].as_array().unwrap();
        for binding in bindings.iter().filter(|it| it["queueName"].is_string()) {
            assert_eq!(binding["queueName"], config.jobs_queue.as_str(), "{function}");
            assert_eq!(binding["connection"], "SyncStorage", "{function}");
            bound += 1;
        }
    }
    assert_eq!(bound, 5, "four functions send jobs, one takes them");
}

/// The codes in `text` behind `call`, where they are written out there.
fn literal<'a>(text: &'a str, call: &str) -> impl Iterator<Item = &'a str> {
    let code = |it: &'a str| it.trim_start().strip_prefix('"')?.split_once("\",").map(|it| it.0);
    let is_code = |it: &&str| it.bytes().all(|it| it.is_ascii_lowercase() || it == b'-');
    text.split(call).skip(1).filter_map(code).filter(is_code)
}

#[test]
fn every_code_is_in_the_catalogue() {
    for (name, text) in all("handler").iter().filter(|it| !it.0.contains("tests")) {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for call in ["error(", "warning(", "info("] {
            for it in literal(code, call) {
                assert!(domain::diagnostic::Rule::of(it).is_some(), "{name} gives {it}");
            }
        }
    }
}

#[test]
fn every_page_is_of_a_rule() {
    for entry in std::fs::read_dir(root().join("docs/rules")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let code = name.strip_suffix(".md").unwrap();
        assert!(code == "README" || domain::diagnostic::Rule::of(code).is_some(), "{name}");
    }
}
