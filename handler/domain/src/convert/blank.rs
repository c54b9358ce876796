//! Blank lines around what is taken out: no more of them than there were on one side.

use std::ops::Range;

use super::edits::Edits;
use super::source::Source;

/// Takes the blank line behind removed lines out where a blank line, the head of a block or nothing is before them, and
/// those before the removed end of the file.
pub(super) fn tidy(source: &Source<'_>, edits: &mut Edits) {
    for gap in gaps(source, edits) {
        let before = source.text.get(..gap.start).unwrap_or_default();
        let after = source.text.get(gap.end..).unwrap_or_default();
        if after.trim().is_empty() {
            let kept = before.trim_end();
            let line = source.next_line(kept.len());
            if line < gap.start {
                edits.remove(line..gap.start);
            }
            continue;
        }
        let last = before.lines().next_back().unwrap_or_default().trim_end();
        let open = last.is_empty() || last.ends_with(':');
        let next = source.next_line(gap.end);
        let blank = source.text.get(gap.end..next).is_some_and(|it| it.trim().is_empty());
        if open && blank {
            edits.remove(gap.end..next);
        }
    }
}

/// The runs of whole lines that are removed; blank lines between two of them go, too.
fn gaps(source: &Source<'_>, edits: &mut Edits) -> Vec<Range<usize>> {
    let starts = |at: usize| source.line_start(at) == at || at == source.text.len();
    let whole = |it: &Range<usize>| !it.is_empty() && starts(it.start) && starts(it.end);
    let removed = edits.in_order().into_iter().filter(|(span, new)| new.is_empty() && whole(span));
    let removed: Vec<Range<usize>> = removed.map(|it| it.0.clone()).collect();
    let mut out: Vec<Range<usize>> = Vec::new();
    for span in removed {
        let between = out.last().and_then(|it| source.text.get(it.end..span.start));
        match out.last_mut().filter(|_| between.is_some_and(|it| it.trim().is_empty())) {
            Some(last) => {
                edits.remove(last.end..span.start);
                last.end = span.end;
            }
            None => out.push(span),
        }
    }
    out
}
