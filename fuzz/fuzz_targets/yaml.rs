//! Any text as a prefect.yaml: the YAML itself, and what it declares.
#![no_main]

use domain::tree::Tree;
use domain::yaml::compose;
use libfuzzer_sys::fuzz_target;

#[path = "../settings.rs"]
mod settings;

fuzz_target!(|text: &str| {
    let (root, _) = compose("prefect.yaml", text);
    let _json = root.map(|it| it.to_json());
    let tree = Tree::of_texts([("prefect.yaml", text), ("flows.py", settings::FLOW)]);
    let _desired = domain::declare::desired(&tree, &settings::of(text));
});
