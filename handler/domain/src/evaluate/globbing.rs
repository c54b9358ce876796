//! Paths that fit a pattern, as `glob` and `fnmatch` have them.

use super::machine::Machine;
use super::path;

/// The paths below a folder that match a pattern, as `glob` has them.
pub(super) fn glob(
    machine: &Machine<'_>,
    folder: &str,
    pattern: &str,
    recursive: bool,
) -> Vec<String> {
    let whole = path::absolute(machine, folder);
    let root = machine.settings.root();
    let inside = whole.strip_prefix(&root).unwrap_or_default().trim_start_matches('/');
    let prefix = if inside.is_empty() { String::new() } else { format!("{inside}/") };
    let pattern = if recursive { format!("**/{pattern}") } else { pattern.to_owned() };
    let wanted: Vec<&str> = pattern.split('/').filter(|it| !it.is_empty() && *it != ".").collect();
    let mut out: Vec<String> = Vec::new();
    for below in machine.sources.tree().paths().filter_map(|it| it.strip_prefix(prefix.as_str())) {
        let parts: Vec<&str> = below.split('/').collect();
        // folders match too
        for count in 1..=parts.len() {
            let part = parts.get(..count).unwrap_or_default();
            if matches(&wanted, part) {
                out.push(path::join(folder, &part.join("/")));
            }
        }
    }
    out.sort();
    out.dedup();
    out
}

pub(super) fn matches(pattern: &[&str], parts: &[&str]) -> bool {
    match (pattern.split_first(), parts.split_first()) {
        (None, None) => true,
        (Some((&"**", rest)), _) => {
            matches(rest, parts)
                || parts.split_first().is_some_and(|(_, after)| matches(pattern, after))
        }
        (Some((first, rest)), Some((part, after))) => fits(first, part) && matches(rest, after),
        _ => false,
    }
}

/// `*` and `?` of a name.
///
/// Only the last `*` is tried again, so that no pattern takes long.
pub(super) fn fits(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), name.chars().collect());
    let (mut at, mut place, mut star) = (0, 0, None);
    while let Some(it) = name.get(place) {
        if let Some((end, fits)) = class_at(&pattern, at, *it)
            && fits
        {
            (at, place) = (end, place + 1);
            continue;
        }
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, place));
                at += 1;
            }
            Some(wanted) if *wanted == '?' || (wanted == it && *it != '[') => {
                (at, place) = (at + 1, place + 1);
            }
            _ => match star {
                Some((again, from)) => {
                    star = Some((again, from + 1));
                    (at, place) = (again + 1, from + 1);
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(at).all(|it| *it == '*')
}

/// Where the class `[a-z]` of a pattern that starts at `at` ends, and whether `wanted` is in it.
fn class_at(pattern: &[char], at: usize, wanted: char) -> Option<(usize, bool)> {
    let rest = pattern.get(at..).filter(|it| it.first() == Some(&'['))?;
    let end = rest.iter().skip(2).position(|it| *it == ']')? + 2;
    let class: String = rest.get(1..end)?.iter().collect();
    let (negated, class) = class.strip_prefix('!').map_or((false, class.as_str()), |it| (true, it));
    Some((at + end + 1, in_class(class, wanted) != negated))
}

/// `a-z_` of a pattern.
fn in_class(class: &str, wanted: char) -> bool {
    let all: Vec<char> = class.chars().collect();
    let mut at = 0;
    while let Some(first) = all.get(at) {
        if let (Some('-'), Some(last)) = (all.get(at + 1), all.get(at + 2)) {
            if (*first..=*last).contains(&wanted) {
                return true;
            }
            at += 3;
        } else {
            if *first == wanted {
                return true;
            }
            at += 1;
        }
    }
    false
}
