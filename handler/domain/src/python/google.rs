//! The parameters that a docstring of Google style describes. Source: griffe 1.15 and 2.4, `docstrings/google.py`.

use std::collections::BTreeMap;

use super::docstring;

/// Sections of items that describe no parameters; `Examples` and all others are plain text.
const ITEMS: [&str; 23] = [
    "attributes",
    "classes",
    "exceptions",
    "functions",
    "keyword args",
    "keyword arguments",
    "methods",
    "modules",
    "other args",
    "other arguments",
    "other parameters",
    "other params",
    "raises",
    "receives",
    "returns",
    "type aliases",
    "type args",
    "type arguments",
    "type parameters",
    "type params",
    "warnings",
    "warns",
    "yields",
];

/// What a titled block of a docstring is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Parameters,
    Items,
    Text,
}

/// The description of each parameter that `text` has one for; a later section of parameters replaces an earlier one.
pub(super) fn parameters(text: &str) -> BTreeMap<String, String> {
    let text = docstring::clean(text.trim_end());
    let lines: Vec<&str> = text.split('\n').collect();
    let mut out = BTreeMap::new();
    let (mut at, mut in_code) = (0, false);
    while let Some(line) = lines.get(at) {
        let is_fence = line.trim_start_matches(' ').starts_with("```");
        in_code ^= is_fence;
        let kind = title(line).filter(|_| !in_code && !is_fence && has_block(&lines, at));
        at += 1;
        match kind {
            Some(Kind::Text) => at = after_text(&lines, at),
            Some(kind) => {
                let (items, next) = items(&lines, at);
                let section: BTreeMap<_, _> = items.iter().filter_map(|it| described(it)).collect();
                if kind == Kind::Parameters && !section.is_empty() {
                    out = section;
                }
                at = next;
            }
            None => {}
        }
    }
    out
}

/// What `text` says before its first section, or between two, without blanks around it.
pub(super) fn text(text: &str) -> Option<String> {
    let text = docstring::clean(text.trim_end());
    let lines: Vec<&str> = text.split('\n').collect();
    let (mut at, mut in_code, mut said) = (0, false, Vec::new());
    while let Some(line) = lines.get(at) {
        let is_fence = line.trim_start_matches(' ').starts_with("```");
        in_code ^= is_fence;
        let kind = title(line).filter(|_| !in_code && !is_fence && has_block(&lines, at));
        at += 1;
        match kind {
            None => said.push(*line),
            Some(_) if said.iter().any(|it| !it.is_empty()) => break,
            Some(Kind::Text) => at = after_text(&lines, at),
            Some(_) => at = items(&lines, at).1,
        }
    }
    let is_any = said.iter().any(|it| !it.is_empty());
    is_any.then(|| said.join("\n").trim().to_owned())
}

/// `Args:`, `Note: with a title`.
fn title(line: &str) -> Option<Kind> {
    let (name, rest) = line.split_once(':')?;
    let is_word = |it: char| it.is_alphanumeric() || it == '_';
    let fits = name.starts_with(is_word)
        && name.chars().all(|it| is_word(it) || it == '-' || it.is_whitespace())
        && (rest.is_empty() || rest.starts_with(char::is_whitespace));
    let name = name.to_lowercase();
    fits.then(|| match name.as_str() {
        "args" | "arguments" | "params" | "parameters" => Kind::Parameters,
        it if ITEMS.contains(&it) => Kind::Items,
        _ => Kind::Text,
    })
}

/// Whether the title at `at` has a blank line above, and an indented block right below.
fn has_block(lines: &[&str], at: usize) -> bool {
    let is_blank = |at: usize| lines.get(at).is_some_and(|it| it.trim().is_empty());
    let is_indented =
        |at: usize| !is_blank(at) && lines.get(at).is_some_and(|it| it.starts_with(' '));
    let below = is_indented(at + 1) || (is_indented(at + 2) && !is_blank(at + 1));
    below && at.checked_sub(1).is_none_or(is_blank)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The first line that is not blank, from `at` on, and its indent; `None` when it has none.
fn start(lines: &[&str], at: usize) -> Result<(usize, usize), usize> {
    let blank = lines.iter().skip(at).take_while(|it| it.trim().is_empty()).count();
    let first = at + blank;
    match lines.get(first).map(|it| indent(it)) {
        None | Some(0) => Err(first),
        Some(indent) => Ok((first, indent)),
    }
}

/// The items of the block at `at`, and the line behind it.
fn items<'t>(lines: &[&'t str], at: usize) -> (Vec<Vec<&'t str>>, usize) {
    let (first, level) = match start(lines, at) {
        Ok(found) => found,
        Err(next) => return (Vec::new(), next),
    };
    let mut items: Vec<Vec<&str>> = Vec::new();
    for (at, line) in lines.iter().enumerate().skip(first) {
        let depth = line.len() - line.trim_start_matches(' ').len();
        let item = items.last_mut();
        match item {
            Some(item) if line.trim().is_empty() => item.push(""),
            Some(item) if depth >= level * 2 => {
                item.push(line.get(level * 2..).unwrap_or_default());
            }
            Some(item) if depth > level => item.push(line.trim_start()),
            Some(_) if depth < level => return (items, at),
            _ => items.push(vec![line.get(level..).unwrap_or_default()]),
        }
    }
    (items, lines.len())
}

/// The line behind the text block at `at`.
fn after_text(lines: &[&str], at: usize) -> usize {
    let Ok((first, level)) = start(lines, at) else { return at };
    let inside =
        |it: &&&str| it.trim().is_empty() || it.len() - it.trim_start_matches(' ').len() >= level;
    first + 1 + lines.iter().skip(first + 1).take_while(inside).count()
}

/// `name (type): text`.
fn described(lines: &[&str]) -> Option<(String, String)> {
    let (head, first) = lines.first()?.split_once(':')?;
    let typed = head.split_once('(').filter(|_| head.ends_with(')'));
    let name = typed.map_or(head, |(name, _)| name.trim());
    let rest = lines.iter().skip(1).copied();
    let text: Vec<&str> = std::iter::once(first.trim_start()).chain(rest).collect();
    Some((name.to_owned(), text.join("\n").trim_end_matches('\n').to_owned()))
}

#[cfg(test)]
mod tests {
    use super::parameters;

    fn check(text: &str, want: &[(&str, &str)]) {
        let found = parameters(text);
        let found: Vec<(&str, &str)> =
            found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(found, want, "{text}");
    }

    #[test]
    fn stars_are_a_part_of_the_name() {
        check(
            "Does.\n\nArgs:\n    a: first\n    **kw: the rest",
            &[("**kw", "the rest"), ("a", "first")],
        );
    }

    #[test]
    fn a_section_may_have_a_title_and_its_name_must_be_all_of_it() {
        check("Does.\n\nArgs: all of them\n    a: first", &[("a", "first")]);
        check("Does.\n\nArgs :\n    a: first", &[]);
        check("Does.\nArgs:\n    a: no blank line above", &[]);
    }

    #[test]
    fn the_type_is_in_parentheses_at_the_end_of_the_name() {
        check(
            "Does.\n\nArgs:\n    a(int): one\n    b (int) c: two\n    d : three",
            &[("a", "one"), ("b (int) c", "two"), ("d ", "three")],
        );
    }

    #[test]
    fn what_is_inside_another_block_is_no_section() {
        check("Does.\n\nExamples:\n    Args:\n        a: no\n\n    Args:\n        a: no", &[]);
        check("```\n\nArgs:\n    a: code\n```\n\nArgs:\n    a: text", &[("a", "text")]);
    }

    #[test]
    fn a_text_keeps_its_lines() {
        check(
            "Does.\n\nArgs:\n    a: one\n       two\n        three\n\n    b: x  ",
            &[("a", "one\ntwo\nthree"), ("b", "x")],
        );
    }
}
