//! Paths as texts: their parts, and what lies below what.

use crate::evaluate::globbing;

/// The last part.
pub(in crate::evaluate) fn name_of(it: &str) -> &str {
    let it = it.trim_end_matches('/');
    let last = it.rsplit('/').next().unwrap_or(it);
    if last == "." { "" } else { last }
}

/// The folder of a path.
pub(in crate::evaluate) fn parent(it: &str) -> String {
    let it = it.trim_end_matches('/');
    match it.rfind('/') {
        Some(0) => "/".to_owned(),
        Some(at) => it.get(..at).unwrap_or_default().to_owned(),
        None if it.is_empty() => "/".to_owned(),
        None => ".".to_owned(),
    }
}

/// As `pathlib` writes it: without doubled slashes, `.` and a slash at the end.
pub(crate) fn plain(it: &str) -> String {
    let root = if it.starts_with('/') { "/" } else { "" };
    let parts: Vec<&str> = it.split('/').filter(|it| !it.is_empty() && *it != ".").collect();
    let joined = parts.join("/");
    if root.is_empty() && joined.is_empty() { ".".to_owned() } else { format!("{root}{joined}") }
}

/// `base / more`
pub(in crate::evaluate) fn join(base: &str, more: &str) -> String {
    if more.starts_with('/') { plain(more) } else { plain(&format!("{base}/{more}")) }
}

/// Whether the last parts of the path `it` fit those of `pattern`.
pub(super) fn ends_as(it: &str, pattern: &str) -> bool {
    let parts = |it: &str| -> Vec<String> {
        it.split('/').filter(|it| !it.is_empty()).map(str::to_owned).collect()
    };
    let (wanted, parts) = (parts(pattern), parts(it));
    let last = parts.get(parts.len().saturating_sub(wanted.len())..).unwrap_or_default();
    let all = wanted.iter().zip(last).all(|(wanted, it)| globbing::fits(wanted, it));
    all && last.len() == wanted.len()
}

/// `path.with_suffix(new)`, `path.with_stem(new)`
pub(super) fn renamed(it: &str, method: &str, new: &str) -> String {
    let last = name_of(it);
    let dot = last.rfind('.').filter(|at| *at > 0).unwrap_or(last.len());
    let (stem, suffix) = last.split_at(dot);
    let name =
        if method == "with_suffix" { format!("{stem}{new}") } else { format!("{new}{suffix}") };
    join(&parent(it), &name)
}

/// What of the path `it` is below `base`, with a slash at the start.
pub(super) fn below<'i>(it: &'i str, base: &str) -> Option<&'i str> {
    if base == "." && !it.starts_with('/') {
        return Some(it);
    }
    let rest = it.strip_prefix(base.trim_end_matches('/'))?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

/// `it` as seen from `base`, both absolute.
pub(in crate::evaluate) fn relative(it: &str, base: &str) -> String {
    let parts = |it: &'_ str| {
        it.split('/').filter(|it| !it.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    let (it, base) = (parts(it), parts(base));
    let same = it.iter().zip(&base).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..".to_owned(), base.len() - same);
    let all: Vec<String> = up.chain(it.into_iter().skip(same)).collect();
    if all.is_empty() { ".".to_owned() } else { all.join("/") }
}

/// `a/b/../c` as `a/c`; what leads out stays.
pub(in crate::evaluate) fn normal(it: &str) -> String {
    let plain = plain(it);
    let root = plain.starts_with('/');
    let mut out: Vec<&str> = Vec::new();
    for part in plain.split('/').filter(|it| !it.is_empty()) {
        match (part, out.last()) {
            ("..", Some(last)) if *last != ".." => drop(out.pop()),
            ("..", None) if root => {}
            _ => out.push(part),
        }
    }
    let joined = out.join("/");
    match (root, joined.is_empty()) {
        (true, _) => format!("/{joined}"),
        (false, true) => ".".to_owned(),
        (false, false) => joined,
    }
}
