//! Docstrings, cleaned as `inspect.cleandoc` does.

use ruff_python_ast::{Expr, Stmt};

/// The cleaned docstring of `body`.
pub(super) fn of(body: &[Stmt]) -> Option<String> {
    let Stmt::Expr(first) = body.first()? else { return None };
    let Expr::StringLiteral(text) = &*first.value else { return None };
    Some(clean(text.value.to_str()))
}

/// The first line without its indent, the others without their common one, blank lines at both ends removed.
pub(crate) fn clean(text: &str) -> String {
    let text = expanded(text);
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

/// Blanks for tabs, up to the next multiple of eight.
fn expanded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut column = 0;
    for it in text.chars() {
        match it {
            '\t' => {
                let width = 8 - column % 8;
                out.extend(std::iter::repeat_n(' ', width));
                column += width;
            }
            '\n' | '\r' => {
                out.push(it);
                column = 0;
            }
            _ => {
                out.push(it);
                column += 1;
            }
        }
    }
    out
}
