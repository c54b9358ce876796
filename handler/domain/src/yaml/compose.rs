//! Events -> nodes: anchors, aliases, merge keys, duplicate keys.

use std::collections::BTreeMap;

use granit_parser::{Event, Options, Parser, ScalarStyle, Span, Tag};

use super::entries::{Entries, Oddity};
use super::scalar::resolve;
use super::{Kind, Mark, Node, syntax};
use crate::diagnostic::{Diagnostic, Position, rules};

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
            Err(error) => Err(Box::new(syntax::fault(file, text, &error))),
        };
        if let Err(fault) = step {
            composer.found.push(*fault);
            return (None, composer.found);
        }
    }
    (composer.root, composer.found)
}

enum Open {
    Sequence { at: Mark, anchor: usize, items: Vec<Node> },
    Mapping { at: Mark, anchor: usize, entries: Entries },
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
                let kind = self.scalar(at, text.into_owned(), quoted, tag.as_deref())?;
                self.add(Node { at, kind }, anchor, 1)
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.known_tag(at, tag.as_deref())?;
                self.open(at, Open::Sequence { at, anchor, items: Vec::new() })
            }
            Event::MappingStart(_, anchor, tag) => {
                self.known_tag(at, tag.as_deref())?;
                self.open(at, Open::Mapping { at, anchor, entries: Entries::default() })
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::Alias(anchor) => self.alias(anchor, at),
            Event::DocumentStart(..) if self.root.is_some() => Err(Box::new(
                self.fault(at, "a second document in one file")
                    .hint("keep one document per file; remove the `---`"),
            )),
            _ => Ok(()),
        }
    }

    /// `!!str` makes a text of any scalar, `!!int` and the like look at it as if it were plain.
    fn scalar(
        &self,
        at: Mark,
        text: String,
        quoted: bool,
        tag: Option<&Tag>,
    ) -> Result<Kind, Box<Diagnostic>> {
        self.known_tag(at, tag)?;
        let core = tag.and_then(Tag::core_suffix);
        let as_text = core.map_or(quoted, |it| it == "str");
        let (value, date) = if as_text { (text.clone().into(), false) } else { resolve(&text) };
        Ok(Kind::Scalar { value, text, quoted, date })
    }

    /// A tag outside YAML's own is a program's object, which `PyYAML`'s safe loader refuses too.
    fn known_tag(&self, at: Mark, tag: Option<&Tag>) -> Step {
        match tag.filter(|it| it.core_suffix().is_none() && !it.suffix().is_empty()) {
            None => Ok(()),
            Some(tag) => {
                let message =
                    format!("the tag `{}{}` is not known", tag.original_handle(), tag.suffix());
                Err(Box::new(self.fault(at, &message).hint("remove it; Prefect refuses it too")))
            }
        }
    }

    fn fault(&self, at: Mark, message: &str) -> Diagnostic {
        Diagnostic::error(rules::YAML_SYNTAX, Position::new(self.file, at.line, at.column), message)
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
            Some(Open::Mapping { at, anchor, entries }) => {
                (Node { at, kind: Kind::Mapping(entries.finish()) }, anchor)
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
            Some(Open::Mapping { entries, .. }) => {
                let oddity = entries.add(node);
                return oddity.map_or(Ok(()), |it| self.odd(it));
            }
        }
        Ok(())
    }

    fn odd(&mut self, oddity: Oddity) -> Step {
        match oddity {
            Oddity::Twice(key, at) => {
                let place = Position::new(self.file, at.line, at.column);
                let message = format!("`{key}` is given twice, the last one counts");
                self.found.push(Diagnostic::warning(rules::YAML_DUPLICATE_KEY, place, message));
                Ok(())
            }
            Oddity::NoKey(node) => {
                let message = format!("a key must be a text, this is {}", node.type_name());
                let fault = self.fault(node.at, &message);
                Err(Box::new(fault.hint("a text with braces needs quotes: \"{{ … }}\"")))
            }
            Oddity::NotMergeable(node) => {
                let message = format!("`<<` takes a mapping, this is {}", node.type_name());
                let fault = self.fault(node.at, &message);
                Err(Box::new(
                    fault.hint("write `<<: *anchor` or `<<: [*one, *two]`, without quotes"),
                ))
            }
        }
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

fn mark(span: Span) -> Mark {
    place(span.start.line(), span.start.col())
}

pub(super) fn place(line: usize, column: usize) -> Mark {
    let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
    Mark { line: number(line).max(1), column: number(column).saturating_add(1) }
}
