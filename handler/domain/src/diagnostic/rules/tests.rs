//! That every rule has a page of one shape.

use super::ALL;

#[test]
fn codes_are_sorted_and_name_their_files() {
    let codes: Vec<&str> = ALL.iter().map(|it| it.code).collect();
    assert!(codes.is_sorted(), "{codes:?}");
    for it in ALL {
        let file = format!(
            "{}/src/diagnostic/rules/{}.rs",
            env!("CARGO_MANIFEST_DIR"),
            it.code.replace('-', "_")
        );
        assert!(std::path::Path::new(&file).is_file(), "{file}");
    }
}

#[test]
fn every_page_says_what_why_and_what_instead() {
    for it in ALL {
        let text = it.text();
        let heads: Vec<&str> = text.lines().filter(|it| it.starts_with("## ")).collect();
        let without: Vec<&str> = heads.iter().copied().filter(|it| *it != "## Example").collect();
        let want = ["## What it finds", "## Why it matters", "## Use instead"];
        assert_eq!(without, want, "{}", it.code);
        assert!(it.summary().ends_with('.') && it.summary().len() < 100, "{}", it.code);
    }
}
