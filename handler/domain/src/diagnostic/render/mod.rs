//! Diagnostics for people: under their source line as rustc does, or as GitHub annotations.

mod github;
mod text;

use super::{Diagnostic, Severity};
use crate::tree::Tree;

/// How diagnostics are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Under the source line, with colour when `true`.
    Text {
        /// ANSI colours.
        colour: bool,
    },
    /// `::error file=…,line=…,col=…::message`, one a line.
    GitHub,
}

/// So many further places of a note are named.
const NAMED: usize = 5;

/// All of `diagnostics`, in the order given; source lines are taken from `tree`. A note that is true of many places is said
/// to people once, with its places.
pub fn render(diagnostics: &[Diagnostic], tree: &Tree, format: Format) -> String {
    let mut out = String::new();
    for (at, diagnostic) in diagnostics.iter().enumerate() {
        let (before, after) = diagnostics.split_at_checked(at).unwrap_or_default();
        match format {
            Format::Text { .. } if before.iter().any(|it| same_note(it, diagnostic)) => {}
            Format::Text { colour } => {
                let again = after.iter().skip(1).filter(|it| same_note(it, diagnostic));
                text::write(&mut out, diagnostic, &places(again), (tree, colour));
            }
            Format::GitHub => github::write(&mut out, diagnostic),
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
        assert_eq!(render(&all, &tree, Format::GitHub).lines().count(), 5);
    }
}
