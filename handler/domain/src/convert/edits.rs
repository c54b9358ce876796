//! Changes of spans of a text: what is outside of them stays byte for byte.

use std::collections::BTreeMap;
use std::ops::Range;

/// The changes of one text. Of two that overlap the larger one counts, since it rewrites the place of the smaller.
#[derive(Debug, Default)]
pub(super) struct Edits {
    list: Vec<(Range<usize>, String)>,
}

impl Edits {
    /// Puts `text` in the place of the bytes `span`.
    pub(super) fn replace(&mut self, span: Range<usize>, text: impl Into<String>) {
        self.list.push((span, text.into()));
    }

    /// Puts `text` before the byte `at`; what is put at one place stays in the order of the calls.
    pub(super) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.list.push((at..at, text.into()));
    }

    /// Takes the bytes `span` out.
    pub(super) fn remove(&mut self, span: Range<usize>) {
        self.list.push((span, String::new()));
    }

    /// The spans that are rewritten, by place; none overlaps another.
    pub(super) fn spans(&self) -> Vec<Range<usize>> {
        let all = self.in_order().into_iter().map(|it| it.0.clone());
        all.filter(|it| !it.is_empty()).collect()
    }

    /// The changes that count, by place.
    pub(super) fn in_order(&self) -> Vec<&(Range<usize>, String)> {
        let mut by_size: Vec<_> = self.list.iter().enumerate().collect();
        by_size.sort_by_key(|(at, (span, _))| (std::cmp::Reverse(span.len()), span.start, *at));
        let mut kept: BTreeMap<(usize, usize, usize), &(Range<usize>, String)> = BTreeMap::new();
        let mut spans: BTreeMap<usize, usize> = BTreeMap::new();
        for (at, it) in by_size {
            let (start, end) = (it.0.start, it.0.end);
            let before = spans.range(..end.max(start + 1)).next_back();
            let free = before.is_none_or(|(from, to)| *to <= start || *from >= end);
            if free {
                if start < end {
                    spans.insert(start, end);
                }
                // what is put at a place stands before what replaces it
                kept.insert((start, end, at), it);
            }
        }
        kept.into_values().collect()
    }

    /// Writes line breaks as `text` does.
    pub(super) fn adopt_line_ends(&mut self, text: &str) {
        if text.contains("\r\n") {
            let adopt = |it: &mut (Range<usize>, String)| {
                it.1 = it.1.replace("\r\n", "\n").replace('\n', "\r\n");
            };
            self.list.iter_mut().for_each(adopt);
        }
    }

    /// `text` with the changes.
    pub(super) fn apply(&self, text: &str) -> String {
        let (mut out, mut from) = (String::with_capacity(text.len()), 0);
        for (span, new) in self.in_order() {
            out.push_str(text.get(from..span.start).unwrap_or_default());
            out.push_str(new);
            from = span.end;
        }
        out.push_str(text.get(from..).unwrap_or_default());
        out
    }
}

/// What `changes`, which [`Edits::in_order`] gives, make of the bytes `span` of `text`; a change that reaches over its ends
/// is taken as a whole.
pub(super) fn rewritten(
    changes: &[&(Range<usize>, String)],
    text: &str,
    span: &Range<usize>,
) -> String {
    let (mut out, mut from) = (String::new(), span.start);
    let first = changes.partition_point(|it| it.0.end < span.start);
    let near = changes.get(first..).unwrap_or_default();
    for (place, new) in near.iter().take_while(|it| it.0.start <= span.end) {
        let touches = place.start < span.end && place.end > span.start;
        if touches || place.is_empty() {
            out.push_str(text.get(from..place.start).unwrap_or_default());
            out.push_str(new);
            from = place.end.max(from);
        }
    }
    out.push_str(text.get(from..span.end).unwrap_or_default());
    out
}

/// Whether the whole of `span` is in one of `spans`, which [`Edits::spans`] gives.
pub(super) fn covers(spans: &[Range<usize>], span: &Range<usize>) -> bool {
    let next = spans.partition_point(|it| it.start <= span.start);
    spans.get(..next).and_then(<[_]>::last).is_some_and(|it| span.end <= it.end)
}

#[cfg(test)]
mod tests {
    use super::Edits;

    #[test]
    fn the_larger_of_two_changes_counts_and_insertions_keep_their_order() {
        let mut edits = Edits::default();
        edits.replace(2..3, "lost");
        edits.replace(1..4, "B");
        edits.insert(5, "x");
        edits.insert(5, "y");
        edits.remove(5..6);
        edits.insert(4, "-");
        assert_eq!(edits.apply("0123456"), "0B-4xy6");
    }
}
