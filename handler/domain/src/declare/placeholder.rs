//! Where the placeholders of a text are. The pattern is Prefect's own, of prefect/utilities/templating.py.

use std::collections::BTreeSet;

use super::Context;
use crate::diagnostic::{Diagnostic, rules};
use crate::yaml::{Kind, Node};

/// A placeholder and where it stands in its text.
pub(super) struct Placeholder<'a> {
    /// Byte offset.
    pub(super) start: usize,
    /// Byte offset behind it.
    pub(super) end: usize,
    /// `$NAME`, `prefect.blocks.secret.token`, `step.output`.
    pub(super) name: &'a str,
}

/// `{{ name }}` with `name` of word characters, `.`, `-`, `[`, `]`, `$`; anything else between braces is plain text.
pub(super) fn placeholders(text: &str) -> Vec<Placeholder<'_>> {
    let mut out = Vec::new();
    let (mut from, mut closes) = (0, Closes::default());
    while let Some(open) = text.get(from..).and_then(|it| it.find("{{")).map(|it| it + from) {
        let Some(close) = closes.after(text, open + 2) else { break };
        let name = text.get(open + 2..close).unwrap_or_default().trim();
        let fits =
            |it: char| it.is_alphanumeric() || matches!(it, '_' | '.' | '-' | '[' | ']' | '$');
        if !name.is_empty() && name.chars().all(fits) {
            out.push(Placeholder { start: open, end: close + 2, name });
            from = close + 2;
        } else {
            // `{{{ name }}}`: the placeholder starts at the second brace
            from = open + 1;
        }
    }
    out
}

/// The closing braces of a text, asked for from its beginning to its end: each is looked for once.
#[derive(Default)]
struct Closes {
    next: usize,
    is_found: bool,
}

impl Closes {
    /// The first ones at `from` or behind it.
    fn after(&mut self, text: &str, from: usize) -> Option<usize> {
        if !self.is_found || self.next < from {
            self.next = from + text.get(from..)?.find("}}")?;
            self.is_found = true;
        }
        Some(self.next)
    }
}

/// Whether `text` holds a placeholder.
pub(super) fn has_placeholder(text: &str) -> bool {
    !placeholders(text).is_empty()
}

/// The names of server variables that `text` mentions.
pub(super) fn variables(text: &str) -> BTreeSet<String> {
    let names =
        placeholders(text).into_iter().filter_map(|it| it.name.strip_prefix("prefect.variables."));
    names.map(str::to_owned).collect()
}

/// What `text` has between braces that is not a placeholder though it looks like one: `x | lower`, `event.payload['item']`.
pub(super) fn unmatched(text: &str) -> Option<&str> {
    let known = placeholders(text);
    let (mut from, mut closes) = (0, Closes::default());
    while let Some(open) = text.get(from..).and_then(|it| it.find("{{")).map(|it| it + from) {
        let inner = text.get(open + 2..closes.after(text, open + 2)?)?.trim();
        let before = known.partition_point(|it| it.end <= open);
        let is_known = known.get(before).is_some_and(|it| it.start <= open + 1);
        if !is_known && inner.starts_with(|it: char| it.is_alphabetic() || it == '_' || it == '$') {
            return Some(inner);
        }
        from = open + 2;
    }
    None
}

/// Says of every text below `node` that is templated what is no placeholder in it.
pub(super) fn check(context: &Context<'_>, node: &Node, found: &mut Vec<Diagnostic>) {
    match &node.kind {
        Kind::Mapping(entries) => {
            let templated = entries.iter().filter(|it| !FREE.contains(&it.key.as_str()));
            templated.for_each(|it| check(context, &it.value, found));
        }
        Kind::Sequence(items) => items.iter().for_each(|it| check(context, it, found)),
        Kind::Scalar { .. } => {
            if let Some(inner) = node.as_str().and_then(unmatched) {
                let message =
                    format!("`{{{{ {inner} }}}}` is no placeholder: Prefect leaves it as it is");
                let hint =
                    "only a name stands between the braces, without filters, quotes and calls";
                found.push(
                    context.warning(rules::UNMATCHED_PLACEHOLDER, node.at, message).hint(hint),
                );
            }
        }
    }
}

/// Keys whose texts may be templates of something else, or are not read.
const FREE: [&str; 7] =
    ["parameters", "description", "triggers", "build", "push", "script", "flow_run_name"];

#[cfg(test)]
mod tests {
    use super::unmatched;

    #[test]
    fn only_what_looks_like_a_placeholder_is_told() {
        for text in [
            "",
            "{{ a.b }}",
            "{{{ a }}}",
            "{{ $X }}-{{ y[0] }}",
            "{{}}",
            "{{\"a\": 1}}",
            "{{ a",
            "${{ '{' }}",
        ] {
            assert_eq!(unmatched(text), None, "{text}");
        }
        assert_eq!(unmatched("{{ a }} {{ b | lower }}"), Some("b | lower"));
        assert_eq!(unmatched("{{ event.payload['item'] }}"), Some("event.payload['item']"));
    }
}
