//! Docstrings: cleaned as `inspect.cleandoc` does, and the parameter section of Google style. Source: griffe.

use std::collections::BTreeMap;

use ruff_python_ast::{Expr, Stmt};

/// The cleaned docstring of `body`.
pub(super) fn of(body: &[Stmt]) -> Option<String> {
    let Stmt::Expr(first) = body.first()? else { return None };
    let Expr::StringLiteral(text) = &*first.value else { return None };
    Some(clean(text.value.to_str()))
}

/// The first line without its indent, the others without their common one, blank lines at both ends removed.
pub(crate) fn clean(text: &str) -> String {
    let text = text.replace('\t', "        ");
    let lines: Vec<&str> = text.split('\n').collect();
    let indent = |it: &&str| it.len() - it.trim_start().len();
    let margin =
        lines.iter().skip(1).filter(|it| !it.trim().is_empty()).map(indent).min().unwrap_or(0);
    let cut = |(at, line): (usize, &&str)| {
        if at == 0 {
            line.trim_start().to_owned()
        } else {
            line.get(margin..).unwrap_or_default().to_owned()
        }
    };
    let lines: Vec<String> = lines.iter().enumerate().map(cut).collect();
    let blank = |it: &String| it.is_empty();
    let start = lines.iter().position(|it| !blank(it)).unwrap_or(lines.len());
    let end = lines.iter().rposition(|it| !blank(it)).map_or(start, |it| it + 1);
    lines.get(start..end).unwrap_or_default().join("\n")
}

/// The descriptions of parameters: items of a section `Args:` below a blank line. A later section replaces an earlier one.
pub(super) fn parameters(text: &str) -> BTreeMap<String, String> {
    let lines: Vec<&str> = text.lines().collect();
    let mut out = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        let title = line.trim_end().to_lowercase();
        let is_title = matches!(title.as_str(), "args:" | "arguments:" | "params:" | "parameters:");
        let after_blank = at == 0 || lines.get(at - 1).is_some_and(|it| it.trim().is_empty());
        if is_title && after_blank {
            let body = lines.get(at + 1..).unwrap_or_default();
            let section = items(body);
            if !section.is_empty() {
                out = section;
            }
        }
    }
    out
}

fn items(body: &[&str]) -> BTreeMap<String, String> {
    let indent = |it: &str| it.len() - it.trim_start().len();
    let Some(level) = body.first().map(|it| indent(it)).filter(|it| *it > 0) else {
        return BTreeMap::new();
    };
    let mut items: Vec<Vec<String>> = Vec::new();
    for line in body {
        if line.trim().is_empty() {
            if let Some(item) = items.last_mut() {
                item.push(String::new());
            }
            continue;
        }
        match indent(line) {
            it if it < level => break,
            it if it == level => items.push(vec![line.trim().to_owned()]),
            it => {
                let cut = it.min(level * 2);
                if let Some(item) = items.last_mut() {
                    item.push(line.get(cut..).unwrap_or_default().trim_end().to_owned());
                }
            }
        }
    }
    items.into_iter().filter_map(|it| item(&it)).collect()
}

/// `name (type): text`.
fn item(lines: &[String]) -> Option<(String, String)> {
    let (head, first) = lines.first()?.split_once(':')?;
    let name = head.split_once(" (").map_or(head, |(name, _)| name).trim();
    let rest = lines.get(1..).unwrap_or_default().iter().map(String::as_str);
    let text: Vec<&str> = std::iter::once(first.trim_start()).chain(rest).collect();
    Some((name.to_owned(), text.join("\n").trim_end().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::parameters;

    #[test]
    fn stars_are_a_part_of_the_name() {
        let found = parameters("Args:\n    a: first\n    **kw: the rest");
        assert_eq!(found.keys().collect::<Vec<_>>(), ["**kw", "a"]);
    }
}
