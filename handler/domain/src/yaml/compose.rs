//! Events -> nodes: anchors, aliases, merge keys, duplicate keys.

use std::collections::BTreeMap;

use granit_parser::{Event, Options, Parser, ScalarStyle, ScanError, Span};

use super::scalar::resolve;
use super::{Entry, Kind, Mark, Node};
use crate::diagnostic::{Diagnostic, Position};

/// Most nodes of one document, those that aliases repeat included.
const MAX_NODES: usize = 200_000;
/// Deepest nesting.
const MAX_DEPTH: usize = 100;

/// The one document of `text`, `None` when it is empty or has a fault, with all that was found.
pub fn compose(file: &str, text: &str) -> (Option<Node>, Vec<Diagnostic>) {
    let mut composer = Composer {
        file,
        found: Vec::new(),
        anchors: BTreeMap::new(),
        stack: Vec::new(),
        nodes: 0,
        root: None,
    };
    // PyYAML adds no line break to a block scalar that ends with the file
    let mut options = Options::default();
    options.block_scalar_eof_without_line_feed = true;
    for next in Parser::new_from_str_with_options(text, options) {
        let step = match next {
            Ok((event, span)) => composer.event(event, span),
            Err(error) => Err(Box::new(syntax(file, text, &error))),
        };
        if let Err(fault) = step {
            composer.found.push(*fault);
            return (None, composer.found);
        }
    }
    (composer.root, composer.found)
}

enum Open {
    Sequence {
        at: Mark,
        anchor: usize,
        items: Vec<Node>,
    },
    Mapping {
        at: Mark,
        anchor: usize,
        entries: Vec<Entry>,
        merged: Vec<Node>,
        key: Option<(String, Mark)>,
    },
}

struct Composer<'a> {
    file: &'a str,
    found: Vec<Diagnostic>,
    anchors: BTreeMap<usize, (Node, usize)>,
    stack: Vec<Open>,
    nodes: usize,
    root: Option<Node>,
}

type Step = Result<(), Box<Diagnostic>>;

impl Composer<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) -> Step {
        let at = mark(span);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let quoted = style != ScalarStyle::Plain;
                let forced = tag.is_some_and(|it| it.suffix() == "str");
                let (value, date) = if quoted || forced {
                    (text.clone().into_owned().into(), false)
                } else {
                    resolve(&text)
                };
                let kind = Kind::Scalar { value, text: text.into_owned(), quoted, date };
                self.add(Node { at, kind }, anchor, 1)
            }
            Event::SequenceStart(_, anchor, _) => {
                self.open(at, Open::Sequence { at, anchor, items: Vec::new() })
            }
            Event::MappingStart(_, anchor, _) => self.open(
                at,
                Open::Mapping { at, anchor, entries: Vec::new(), merged: Vec::new(), key: None },
            ),
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::Alias(anchor) => self.alias(anchor, at),
            Event::DocumentStart(..) if self.root.is_some() => Err(Box::new(
                self.fault(at, "a second document in one file")
                    .hint("keep one document per file; remove the `---`"),
            )),
            _ => Ok(()),
        }
    }

    fn fault(&self, at: Mark, message: &str) -> Diagnostic {
        Diagnostic::error("yaml-syntax", Position::new(self.file, at.line, at.column), message)
    }

    fn open(&mut self, at: Mark, open: Open) -> Step {
        if self.stack.len() >= MAX_DEPTH {
            return Err(Box::new(self.fault(at, "nested too deeply")));
        }
        self.stack.push(open);
        Ok(())
    }

    fn alias(&mut self, anchor: usize, at: Mark) -> Step {
        let Some((node, size)) = self.anchors.get(&anchor).cloned() else {
            return Err(Box::new(self.fault(at, "an alias inside its own anchor")));
        };
        self.add(node, 0, size)
    }

    fn close(&mut self) -> Step {
        let (node, anchor) = match self.stack.pop() {
            Some(Open::Sequence { at, anchor, items }) => {
                (Node { at, kind: Kind::Sequence(items) }, anchor)
            }
            Some(Open::Mapping { at, anchor, entries, merged, .. }) => {
                (Node { at, kind: Kind::Mapping(merge(entries, merged)) }, anchor)
            }
            None => return Ok(()),
        };
        self.add(node, anchor, 1)
    }

    /// Puts a finished node where it belongs; `size` nodes are counted against the budget that stops alias bombs.
    fn add(&mut self, node: Node, anchor: usize, size: usize) -> Step {
        self.nodes += size;
        if self.nodes > MAX_NODES {
            return Err(Box::new(self.fault(node.at, "too many values; aliases repeat too much")));
        }
        if anchor > 0 {
            self.anchors.insert(anchor, (node.clone(), count(&node)));
        }
        match self.stack.last_mut() {
            None => self.root = Some(node),
            Some(Open::Sequence { items, .. }) => items.push(node),
            Some(Open::Mapping { entries, merged, key, .. }) => match key.take() {
                None => *key = Some((key_text(&node), node.at)),
                Some((name, _)) if name == "<<" => merged.push(node),
                Some((name, at)) => {
                    if let Some(first) = entries.iter_mut().find(|it| it.key == name) {
                        let place = Position::new(self.file, at.line, at.column);
                        let message = format!("`{name}` is given twice, the last one counts");
                        self.found.push(Diagnostic::warning("yaml-duplicate-key", place, message));
                        (first.at, first.value) = (at, node);
                    } else {
                        entries.push(Entry { key: name, at, value: node });
                    }
                }
            },
        }
        Ok(())
    }
}

fn count(node: &Node) -> usize {
    let inside: usize = match &node.kind {
        Kind::Scalar { .. } => 0,
        Kind::Sequence(items) => items.iter().map(count).sum(),
        Kind::Mapping(entries) => entries.iter().map(|it| count(&it.value)).sum(),
    };
    inside + 1
}

/// A key as text; JSON has no other.
fn key_text(node: &Node) -> String {
    match &node.kind {
        Kind::Scalar { text, .. } => text.clone(),
        Kind::Sequence(_) | Kind::Mapping(_) => node.to_json().to_string(),
    }
}

/// `<<: *base` or `<<: [*a, *b]`: keys that the mapping does not have; the first source that has one wins.
fn merge(mut entries: Vec<Entry>, merged: Vec<Node>) -> Vec<Entry> {
    let sources = merged.iter().flat_map(|it| match &it.kind {
        Kind::Sequence(items) => items.as_slice(),
        Kind::Mapping(_) | Kind::Scalar { .. } => std::slice::from_ref(it),
    });
    for entry in sources.flat_map(Node::entries) {
        if !entries.iter().any(|it| it.key == entry.key) {
            entries.push(entry.clone());
        }
    }
    entries
}

fn mark(span: Span) -> Mark {
    place(span.start.line(), span.start.col())
}

fn place(line: usize, column: usize) -> Mark {
    let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
    Mark { line: number(line).max(1), column: number(column).saturating_add(1) }
}

fn syntax(file: &str, text: &str, error: &ScanError) -> Diagnostic {
    let at = place(error.marker().line(), error.marker().col());
    let diagnostic =
        Diagnostic::error("yaml-syntax", Position::new(file, at.line, at.column), error.info());
    let line = text.lines().nth(at.line as usize - 1).unwrap_or_default();
    let value = line.split_once(": ").map_or("", |(_, it)| it.trim_start());
    if value.starts_with('*') || value.starts_with('@') || value.starts_with('%') {
        return diagnostic.hint(format!("quote it: \"{value}\""));
    }
    if line.contains('\t') {
        return diagnostic.hint("indent with spaces, not with a tab");
    }
    diagnostic
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use expect_test::{Expect, expect};

    use super::*;

    fn check(text: &str, want: Expect) {
        let (node, found) = compose("prefect.yaml", text);
        let mut out = node.map(|it| it.to_json().to_string()).unwrap_or_default();
        for it in found {
            let _infallible =
                write!(out, "\n{}:{} {} ({:?})", it.at.line, it.at.column, it.message, it.hint);
        }
        want.assert_eq(&out);
    }

    #[test]
    fn anchors_and_merge_keys_are_resolved() {
        let text = "base: &b {x: 1, y: 2}\nmine:\n  <<: *b\n  y: 3\nlist: [*b]\n";
        check(
            text,
            expect![[r#"{"base":{"x":1,"y":2},"mine":{"y":3,"x":1},"list":[{"x":1,"y":2}]}"#]],
        );
    }

    #[test]
    fn a_key_given_twice_is_a_warning_and_the_last_counts() {
        check(
            "a: 1\na: 2\n",
            expect![[r#"
            {"a":2}
            2:1 `a` is given twice, the last one counts (None)"#]],
        );
    }

    #[test]
    fn an_unquoted_star_says_quote_it() {
        let (_, found) = compose("prefect.yaml", "cron: * * * * *\n");
        assert_eq!(found[0].hint.as_deref(), Some("quote it: \"* * * * *\""));
        assert_eq!(found[0].at.line, 1);
    }

    #[test]
    fn an_alias_bomb_is_refused() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..9 {
            let alias = format!("*a{}", level - 1);
            let _infallible =
                writeln!(text, "a{level}: &a{level} [{}]", [alias.as_str(); 10].join(", "));
        }
        assert!(compose("prefect.yaml", &text).0.is_none());
    }
}
