//! Where the placeholders of a text are. The pattern is Prefect's own, of prefect/utilities/templating.py.

use std::collections::BTreeSet;

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
    let mut from = 0;
    while let Some(open) = text.get(from..).and_then(|it| it.find("{{")).map(|it| it + from) {
        let rest = text.get(open + 2..).unwrap_or_default();
        let Some(close) = rest.find("}}") else { break };
        let name = rest.get(..close).unwrap_or_default().trim();
        let fits =
            |it: char| it.is_alphanumeric() || matches!(it, '_' | '.' | '-' | '[' | ']' | '$');
        if !name.is_empty() && name.chars().all(fits) {
            out.push(Placeholder { start: open, end: open + 2 + close + 2, name });
            from = open + 2 + close + 2;
        } else {
            // `{{{ name }}}`: the placeholder starts at the second brace
            from = open + 1;
        }
    }
    out
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
