//! The unified diff of a text and what its changes make of it.

use super::edits::Edits;

/// Lines that are shown around a change.
const CONTEXT: usize = 3;

/// Lines `from..to` of the old text that become `lines`.
struct Hunk {
    from: usize,
    to: usize,
    lines: Vec<String>,
}

/// The diff of the file `path` from `text` to what `edits` make of it; empty when nothing differs.
pub(super) fn of_edits(path: &str, text: &str, edits: &Edits) -> String {
    let old: Vec<&str> = text.split_inclusive('\n').collect();
    let changes: Vec<Hunk> =
        changes(text, &old, edits).into_iter().filter_map(|it| trimmed(it, &old)).collect();
    let head = format!("--- a/{path}\n+++ b/{path}\n");
    let body = shown(&old, &changes);
    if body.is_empty() { body } else { head + &body }
}

/// The diff of a file that is new.
pub(super) fn of_new(path: &str, text: &str) -> String {
    let count = text.lines().count();
    let lines = text.split_inclusive('\n').map(|it| line('+', it));
    let body: String = lines.collect();
    format!("--- /dev/null\n+++ b/{path}\n@@ -0,0 +1,{count} @@\n{body}")
}

/// The diff of a file that goes.
pub(super) fn of_removed(path: &str, text: &str) -> String {
    let count = text.lines().count();
    let body: String = text.split_inclusive('\n').map(|it| line('-', it)).collect();
    let range = if count == 0 { String::new() } else { format!("@@ -1,{count} +0,0 @@\n") };
    format!("--- a/{path}\n+++ /dev/null\n{range}{body}")
}

/// Each run of lines that changes touch.
fn changes(text: &str, old: &[&str], edits: &Edits) -> Vec<Hunk> {
    let mut starts = vec![0];
    for it in old {
        starts.push(starts.last().copied().unwrap_or(0) + it.len());
    }
    let line_of = |at: usize| starts.partition_point(|it| *it <= at).saturating_sub(1);
    let mut out: Vec<(usize, usize, String, usize)> = Vec::new();
    for (span, new) in edits.in_order() {
        let first = line_of(span.start).min(old.len().saturating_sub(1));
        let last =
            line_of(span.end.saturating_sub(1).max(span.start)).min(old.len().saturating_sub(1));
        let start = starts.get(first).copied().unwrap_or(0);
        if let Some((_, to, lines, from)) = out.last_mut().filter(|it| it.1 >= first) {
            lines.push_str(text.get(*from..span.start).unwrap_or_default());
            lines.push_str(new);
            (*to, *from) = ((last + 1).max(*to), span.end);
        } else {
            let lines = format!("{}{new}", text.get(start..span.start).unwrap_or_default());
            out.push((first, last + 1, lines, span.end));
        }
    }
    let whole = |(from, to, mut lines, at): (usize, usize, String, usize)| {
        let end = starts.get(to).copied().unwrap_or(text.len());
        lines.push_str(text.get(at..end).unwrap_or_default());
        let lines = lines.split_inclusive('\n').map(str::to_owned).collect();
        Hunk { from, to, lines }
    };
    out.into_iter().map(whole).collect()
}

/// `hunk` without the lines at its ends that stay as they are; `None` when all do.
fn trimmed(mut hunk: Hunk, old: &[&str]) -> Option<Hunk> {
    while hunk.from < hunk.to
        && hunk.lines.first().map(String::as_str) == old.get(hunk.from).copied()
    {
        hunk.lines.remove(0);
        hunk.from += 1;
    }
    while hunk.from < hunk.to
        && hunk.lines.last().map(String::as_str) == old.get(hunk.to - 1).copied()
    {
        hunk.lines.pop();
        hunk.to -= 1;
    }
    (hunk.from < hunk.to || !hunk.lines.is_empty()).then_some(hunk)
}

fn shown(old: &[&str], changes: &[Hunk]) -> String {
    let (mut out, mut shift) = (String::new(), 0_isize);
    let mut rest = changes;
    while let Some(first) = rest.first() {
        let near = |pair: &[Hunk]| matches!(pair, [a, b] if b.from <= a.to + 2 * CONTEXT);
        let count = 1 + rest.windows(2).take_while(|it| near(it)).count();
        let (group, others) = rest.split_at(count.min(rest.len()));
        let start = first.from.saturating_sub(CONTEXT);
        let end = group.last().map_or(first.to, |it| it.to).saturating_add(CONTEXT).min(old.len());
        shift += one(&mut out, old, group, (start, end), shift);
        rest = others;
    }
    out
}

/// Writes one hunk with its context; gives by how many lines it grows.
fn one(
    out: &mut String,
    old: &[&str],
    group: &[Hunk],
    (start, end): (usize, usize),
    shift: isize,
) -> isize {
    let (mut body, mut at, mut grown) = (String::new(), start, 0_isize);
    let count = |it: usize| isize::try_from(it).unwrap_or(isize::MAX);
    for hunk in group {
        body.extend(old.get(at..hunk.from).unwrap_or_default().iter().map(|it| line(' ', it)));
        body.extend(old.get(hunk.from..hunk.to).unwrap_or_default().iter().map(|it| line('-', it)));
        body.extend(hunk.lines.iter().map(|it| line('+', it)));
        grown += count(hunk.lines.len()) - count(hunk.to - hunk.from);
        at = hunk.to;
    }
    body.extend(old.get(at..end).unwrap_or_default().iter().map(|it| line(' ', it)));
    let (have, want) = (end - start, count(end - start) + grown);
    // a side without lines is named by the line before it
    let first = |it: isize, lines: isize| if lines == 0 { it } else { it + 1 };
    let (from, to) = (first(count(start), count(have)), first(count(start) + shift, want));
    out.push_str(&head_of(from, have, to, want));
    out.push_str(&body);
    grown
}

fn head_of(from: isize, have: usize, to: isize, want: isize) -> String {
    format!("@@ -{from},{have} +{to},{want} @@\n")
}

fn line(sign: char, text: &str) -> String {
    if text.ends_with('\n') {
        format!("{sign}{text}")
    } else {
        format!("{sign}{text}\n\\ No newline at end of file\n")
    }
}
