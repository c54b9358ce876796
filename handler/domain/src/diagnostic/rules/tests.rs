//! That every rule has a page of one shape.

use expect_test::expect_file;

use super::ALL;

/// A file of the folder that people read.
fn page(name: &str) -> String {
    format!("{}/../../docs/rules/{name}.md", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_pages_are_those_of_the_rules() {
    for it in ALL {
        expect_file![page(it.code)].assert_eq(&it.page());
    }
    let row = |it: &&super::super::Rule| {
        format!("| [`{0}`]({0}.md) | {1} | {2} |\n", it.code, it.severity.word(), it.summary())
    };
    let rows: String = ALL.iter().map(row).collect();
    let head = "# Rules\n\nEvery code that a finding can have; `prefect-azure-sync explain CODE` prints its page.\n\n";
    let index = format!("{head}| code | mostly | |\n|---|---|---|\n{rows}");
    expect_file![page("README")].assert_eq(&index);
}

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
        let text = it.page();
        let heads: Vec<&str> = text.lines().filter(|it| it.starts_with("## ")).collect();
        let without: Vec<&str> = heads.iter().copied().filter(|it| *it != "## Example").collect();
        let want = ["## What it finds", "## Why it matters", "## Use instead"];
        assert_eq!(without, want, "{}", it.code);
        assert!(it.summary().ends_with('.') && it.summary().len() < 100, "{}", it.code);
    }
}
