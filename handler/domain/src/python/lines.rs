//! Where the lines of a text start, so that a place in it is found without reading it again.

use std::cell::OnceCell;

use ruff_text_size::TextSize;

use crate::diagnostic::Position;

/// The starts of the lines of a text, looked for when the first place is asked for: of most files, none is.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: OnceCell<Vec<usize>>,
}

impl<'a> Lines<'a> {
    /// The lines of `text`.
    pub(super) fn of(text: &'a str) -> Self {
        Self { text, starts: OnceCell::new() }
    }

    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    fn starts(&self) -> &[usize] {
        self.starts.get_or_init(|| {
            let next = self.text.match_indices('\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(next).collect()
        })
    }

    /// The place of `offset` in the file `path`.
    pub(super) fn position(&self, path: &str, offset: TextSize) -> Position {
        let offset = offset.to_usize();
        let starts = self.starts();
        let line = starts.partition_point(|it| *it <= offset);
        let start = starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let before = self.text.get(start..offset).unwrap_or_default();
        let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        Position::new(path, number(line), number(before.chars().count() + 1))
    }
}
