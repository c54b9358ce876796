//! Documents, patterns, versions, identifiers, arguments: each result is what Python 3.11 gives for the same text.

mod argparse;
mod click;
mod hash;
mod json;
mod json_of_objects;
mod margins;
mod modules;
mod others;
mod patterns;
mod tables;
mod toml;
mod uuid;
mod version;
mod yaml;

use super::check;
