//! Texts, which hide what is in them.

use super::{Glance, Kind, is_word, kind};

/// Most f-strings in each other.
const MAX_QUOTES: usize = 2;

impl Glance<'_> {
    /// Behind the first `quote` of a text: to its end.
    pub(super) fn text(&mut self, quote: u8) -> Option<()> {
        if self.is_tripled(quote) {
            return self.skip_long(quote);
        }
        loop {
            let plain = |it: &u8| *it != quote && kind(*it) != Kind::Other;
            self.skip(self.rest.iter().position(|it| !plain(it))?);
            match self.next()? {
                b'\n' | b'\r' => return None,
                b'\\' => self.skip_escaped(),
                byte if byte == quote => return Some(()),
                _ => {}
            }
        }
    }

    /// Whether two more of `quote` follow, which are skipped.
    fn is_tripled(&mut self, quote: u8) -> bool {
        let is_tripled = self.rest.starts_with(&[quote, quote]);
        if is_tripled {
            self.skip(2);
        }
        is_tripled
    }

    fn skip_long(&mut self, quote: u8) -> Option<()> {
        loop {
            match self.next()? {
                b'\\' => self.skip_escaped(),
                byte if byte == quote && self.is_tripled(quote) => return Some(()),
                _ => {}
            }
        }
    }

    /// Behind `\` in a text.
    fn skip_escaped(&mut self) {
        self.skip(if self.rest.starts_with(b"\r\n") { 2 } else { 1 });
    }

    /// Behind the first `quote` of an f-string: to its end, if no text in it has the same quote.
    pub(super) fn formatted(&mut self, quote: u8) -> Option<()> {
        let (is_tripled, outer) = (self.is_tripled(quote), self.open.len());
        if self.quotes.len() >= MAX_QUOTES || self.quotes.contains(&quote) {
            return None;
        }
        self.quotes.push(quote);
        loop {
            let byte = self.next()?;
            if byte == quote && (!is_tripled || self.is_tripled(quote)) {
                self.quotes.pop();
                return (self.open.len() == outer).then_some(());
            }
            match byte {
                b'\n' | b'\r' if !is_tripled => return None,
                _ if self.open.len() > outer => self.value(byte)?,
                b'"' | b'\'' if self.quotes.contains(&byte) && byte != quote => return None,
                _ => self.literal(byte)?,
            }
        }
    }

    /// What `byte` begins in the literal part of an f-string.
    fn literal(&mut self, byte: u8) -> Option<()> {
        match (byte, self.rest.first()) {
            (b'{', Some(b'{')) => self.skip(1),
            (b'{', _) => self.mark(byte)?,
            // `\N{DASH}` is no value
            (b'\\', Some(b'N')) => return None,
            (b'\\', Some(b'{')) => {}
            (b'\\', _) => self.skip_escaped(),
            _ => {}
        }
        Some(())
    }

    /// What `byte` begins in a value of an f-string.
    fn value(&mut self, byte: u8) -> Option<()> {
        match byte {
            b'\\' | b'#' | b'\n' | b'\r' => None,
            b'"' | b'\'' if self.quotes.contains(&byte) => None,
            b'"' | b'\'' => self.inner(byte),
            _ if is_word(byte) => self.word(byte),
            _ => self.mark(byte),
        }
    }

    /// Behind the first `quote` of a text in an f-string: to its end, if it is plain.
    fn inner(&mut self, quote: u8) -> Option<()> {
        if self.is_tripled(quote) {
            return None;
        }
        loop {
            match self.next()? {
                byte if byte == quote => return Some(()),
                byte if self.quotes.contains(&byte) || b"{}\\\n\r".contains(&byte) => return None,
                _ => {}
            }
        }
    }
}
