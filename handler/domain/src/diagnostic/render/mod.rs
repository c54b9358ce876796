//! Diagnostics as people and programs read them.

mod github;
mod sarif;
mod text;

use super::{Diagnostic, Severity};
use crate::tree::Tree;

/// How diagnostics are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format<'a> {
    /// Under the source line, with colour when `true`.
    Text {
        /// ANSI colours.
        colour: bool,
    },
    /// `::error file=…,line=…,col=…::message`, one a line.
    GitHub {
        /// The folder of the files in the repository, with a slash at its end; empty for its root.
        below: &'a str,
    },
    /// One document of SARIF 2.1.0.
    Sarif {
        /// As above.
        below: &'a str,
        /// That of this program.
        version: &'a str,
    },
}

/// So many further places of a note are named.
const NAMED: usize = 5;

/// All of `diagnostics`, in the order given; source lines are taken from `tree`.
pub fn render(diagnostics: &[Diagnostic], tree: &Tree, format: Format<'_>) -> String {
    match format {
        Format::Text { colour } => for_people(diagnostics, tree, colour),
        Format::GitHub { below } => {
            let mut out = String::new();
            for it in diagnostics {
                github::write(&mut out, it, below);
            }
            out
        }
        Format::Sarif { below, version } => {
            let run = sarif::Run { tree, below, version };
            format!("{:#}\n", sarif::document(diagnostics, run))
        }
    }
}

/// A note that is true of many places is said to people once, with its places.
fn for_people(diagnostics: &[Diagnostic], tree: &Tree, colour: bool) -> String {
    let mut out = String::new();
    for (at, diagnostic) in diagnostics.iter().enumerate() {
        let (before, after) = diagnostics.split_at_checked(at).unwrap_or_default();
        if !before.iter().any(|it| same_note(it, diagnostic)) {
            let again = after.iter().skip(1).filter(|it| same_note(it, diagnostic));
            text::write(&mut out, diagnostic, &places(again), (tree, colour));
        }
    }
    out
}

fn same_note(a: &Diagnostic, b: &Diagnostic) -> bool {
    let note = a.severity == Severity::Info && b.severity == Severity::Info;
    note && (a.code, &a.message, &a.hint) == (b.code, &b.message, &b.hint)
}

/// `the same at a.yaml:3, a.yaml:9 and 4 more places`; empty for none.
fn places<'a>(others: impl Iterator<Item = &'a Diagnostic>) -> String {
    let all: Vec<String> = others.map(|it| format!("{}:{}", it.at.file, it.at.line)).collect();
    let named = all.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    match all.len() {
        0 => String::new(),
        1..=NAMED => format!("the same at {named}"),
        many => format!("the same at {named} and {} more places", many - NAMED),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::diagnostic::Position;

    #[test]
    fn a_note_of_many_places_is_said_once() {
        let tree = Tree::of_texts([("a.yaml", "one\ntwo\nthree\n")]);
        let note = |line| Diagnostic::info("n", Position::new("a.yaml", line, 1), "no pip");
        let warning = |line| Diagnostic::warning("w", Position::new("a.yaml", line, 1), "odd");
        let all = [note(1), warning(1), note(2), warning(2), note(3)];
        let text = render(&all, &tree, Format::Text { colour: false });
        expect![[r#"
            note[n]: no pip
             --> a.yaml:1:1
              |
            1 | one
              | ^
              |
              = note: the same at a.yaml:2, a.yaml:3
            warning[w]: odd
             --> a.yaml:1:1
              |
            1 | one
              | ^
            warning[w]: odd
             --> a.yaml:2:1
              |
            2 | two
              | ^
        "#]]
        .assert_eq(&text);
        assert_eq!(render(&all, &tree, Format::GitHub { below: "" }).lines().count(), 5);
    }
}
