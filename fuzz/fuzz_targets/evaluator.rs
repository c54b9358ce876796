//! Any text as a deployment file: what it declares.
#![no_main]

use domain::declare::desired;
use domain::tree::Tree;
use libfuzzer_sys::fuzz_target;

#[path = "../settings.rs"]
mod settings;

fuzz_target!(|text: &str| {
    let tree = Tree::of_texts([("deployment.py", text), ("flows.py", settings::FLOW)]);
    let _desired = desired(&tree, &settings::of(text));
});
