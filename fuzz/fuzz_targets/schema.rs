//! Any text as a file of flows: their schemas.
#![no_main]

use domain::python::flows;
use domain::tree::Tree;
use libfuzzer_sys::fuzz_target;

#[path = "../settings.rs"]
mod settings;

fuzz_target!(|text: &str| {
    let tree = Tree::of_texts([("flows.py", text), ("shared.py", settings::FLOW)]);
    let _flows = flows(&tree, "flows.py", settings::of(text).dialect);
});
