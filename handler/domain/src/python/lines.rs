//! Which line of a text a place is in, so that it is found without reading all before it again.

use std::cell::OnceCell;

use ruff_text_size::TextSize;

use crate::diagnostic::Position;

/// Bytes that are looked through for one place.
const BLOCK: usize = 4096;

/// How many lines end before each block of a text, counted when the first place is asked for: of most files, none is.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    text: &'a str,
    ended: OnceCell<Vec<usize>>,
}

impl<'a> Lines<'a> {
    /// The lines of `text`.
    pub(super) fn of(text: &'a str) -> Self {
        Self { text, ended: OnceCell::new() }
    }

    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    fn ended(&self) -> &[usize] {
        self.ended.get_or_init(|| {
            let blocks = self.text.as_bytes().chunks(BLOCK);
            let before = blocks.scan(0, |before, block| {
                *before += ends(block);
                Some(*before)
            });
            std::iter::once(0).chain(before).collect()
        })
    }

    /// The place of `offset` in the file `path`.
    pub(super) fn position(&self, path: &str, offset: TextSize) -> Position {
        let offset = offset.to_usize();
        let block = offset / BLOCK;
        let before = self.ended().get(block).copied().unwrap_or_default();
        let rest = self.text.as_bytes().get(block * BLOCK..offset).unwrap_or_default();
        let until = self.text.get(..offset).unwrap_or_default();
        let column = until.rsplit('\n').next().unwrap_or_default().chars().count();
        let number = |it: usize| u32::try_from(it + 1).unwrap_or(u32::MAX);
        Position::new(path, number(before + ends(rest)), number(column))
    }
}

/// How many lines end in `bytes`.
fn ends(bytes: &[u8]) -> usize {
    bytes.iter().map(|it| usize::from(*it == b'\n')).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_the_line_and_the_column_that_are_counted_from_the_start() {
        let text = "é = 1\n".repeat(BLOCK / 4) + &"x".repeat(2 * BLOCK) + "\nlast";
        let lines = Lines::of(&text);
        for (offset, _) in text.char_indices().chain([(text.len(), ' ')]).step_by(7) {
            let before = text.get(..offset).unwrap();
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
            let want = (u32::try_from(line).unwrap(), u32::try_from(column).unwrap());
            let found = lines.position("a.py", TextSize::try_from(offset).unwrap());
            assert_eq!((found.line, found.column), want, "{offset}");
        }
    }
}
