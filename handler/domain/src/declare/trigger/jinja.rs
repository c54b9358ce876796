//! The templates in a trigger's `parameters`, which the server parses before it takes them.

use super::super::Context;
use crate::diagnostic::{Diagnostic, rules};
use crate::yaml::{Kind, Node};

/// Texts that no Jinja can parse: only what is never closed, or holds nothing. The server may find more.
pub(super) fn check(context: &Context<'_>, node: &Node, found: &mut Vec<Diagnostic>) {
    match &node.kind {
        Kind::Sequence(items) => items.iter().for_each(|it| check(context, it, found)),
        Kind::Mapping(entries) => entries.iter().for_each(|it| check(context, &it.value, found)),
        Kind::Scalar { .. } => {
            if let Some(fault) = node.as_str().and_then(fault) {
                let message = format!("invalid template: {fault}");
                let hint = "write `{{ event.id }}`";
                found.push(context.error(rules::TEMPLATE, node.at, message).hint(hint));
            }
        }
    }
}

fn fault(text: &str) -> Option<&'static str> {
    // comments and raw blocks may hold anything
    if text.contains("{#") || text.contains("raw") {
        return None;
    }
    let mut rest = text;
    while let Some((at, close)) = first(rest) {
        let inner = rest.get(at + 2..).unwrap_or_default();
        let Some(end) = inner.find(close) else {
            return Some(if close == "}}" { "`{{` without `}}`" } else { "`{%` without `%}`" });
        };
        if inner.get(..end).is_some_and(|it| it.trim_matches([' ', '-', '+']).is_empty()) {
            return Some("nothing between the braces");
        }
        rest = inner.get(end + 2..).unwrap_or_default();
    }
    None
}

/// Where the first expression or statement opens, and what closes it.
fn first(text: &str) -> Option<(usize, &'static str)> {
    let expression = text.find("{{").map(|it| (it, "}}"));
    let statement = text.find("{%").map(|it| (it, "%}"));
    expression.into_iter().chain(statement).min()
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn only_what_cannot_be_parsed_is_a_fault() {
        for text in [
            "",
            "{{ event.id }}",
            "{{ {'a': {}}['a'] }}",
            "{% if x %}{{ y }}{% endif %}",
            "{a}}",
            "{# {{ #}",
        ] {
            assert_eq!(fault(text), None, "{text}");
        }
        for text in ["{{ event.id }", "{{ }}", "a {% if x", "{{ a }} {{ b"] {
            assert!(fault(text).is_some(), "{text}");
        }
    }
}
