//! No fewer levels than a text has, seen at a glance: most files need no lexer to tell that they are flat.

mod texts;

/// The levels of `text`, or more.
///
/// Whatever nests is a mark, or in a word of its own, so a statement has no more levels than these. Where it is not sure
/// that a line ends a statement, all that follows counts as one; where it is not sure what is text, the whole counts.
pub(super) fn at_most(text: &str) -> usize {
    let mut glance =
        Glance { rest: text.as_bytes(), open: Vec::new(), levels: 0, most: 0, quotes: Vec::new() };
    match glance.look() {
        Some(()) => glance.most.max(glance.levels),
        None => marks(text.as_bytes()),
    }
}

/// The marks and words of `bytes`, be they text or not.
fn marks(bytes: &[u8]) -> usize {
    let mut before = b' ';
    let counts = |it: &&u8| {
        let is_start = is_word(**it) && !is_word(before);
        before = **it;
        is_start || is_mark(**it)
    };
    bytes.iter().filter(counts).count()
}

/// What a byte outside of texts is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It neither nests nor ends anything.
    Flat,
    /// Of a name, a keyword or a number.
    Word,
    /// Of an operator.
    Mark,
    /// A bracket, or a colon.
    Bracket,
    /// What begins a text, a comment or another line.
    Other,
}

const KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Flat; 256];
    let mut at = 0_u8;
    loop {
        kinds[at as usize] = match at {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_' | 0x80.. => Kind::Word,
            b'(' | b'[' | b'{' | b')' | b']' | b'}' | b':' => Kind::Bracket,
            b'"' | b'\'' | b'#' | b'\\' | b'\n' | b'\r' => Kind::Other,
            b',' | b';' => Kind::Flat,
            _ if at.is_ascii_punctuation() => Kind::Mark,
            _ => Kind::Flat,
        };
        if at == u8::MAX {
            break kinds;
        }
        at += 1;
    }
};

fn kind(byte: u8) -> Kind {
    KINDS[usize::from(byte)]
}

fn is_word(byte: u8) -> bool {
    kind(byte) == Kind::Word
}

/// Whether `byte` may be of an operator, or open a bracket.
fn is_mark(byte: u8) -> bool {
    kind(byte) == Kind::Mark || matches!(byte, b'(' | b'[' | b'{')
}

/// What an open level waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    /// This bracket.
    Bracket(u8),
    /// The colon of a `lambda`.
    Colon,
}

/// What has been seen of a text: `None` as an answer is that it is not sure what follows.
struct Glance<'t> {
    rest: &'t [u8],
    open: Vec<Open>,
    /// Those of the statement at hand.
    levels: usize,
    most: usize,
    /// Those of the f-strings at hand.
    quotes: Vec<u8>,
}

impl Glance<'_> {
    fn look(&mut self) -> Option<()> {
        while let Some(flat) = self.rest.iter().position(|it| kind(*it) != Kind::Flat) {
            self.skip(flat);
            let Some(byte) = self.next() else { break };
            match byte {
                _ if is_word(byte) => self.word(byte)?,
                b'\n' | b'\r' => self.end_line(),
                b'"' | b'\'' => self.text(byte)?,
                b'#' => self.skip_comment(),
                b'\\' => self.skip_line_end()?,
                _ => self.mark(byte)?,
            }
        }
        self.open.is_empty().then_some(())
    }

    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn skip(&mut self, count: usize) {
        self.rest = self.rest.get(count..).unwrap_or_default();
    }

    fn end_line(&mut self) {
        if self.open.is_empty() {
            self.most = self.most.max(self.levels);
            self.levels = 0;
        }
    }

    /// Behind `\`: the line goes on in the next one.
    fn skip_line_end(&mut self) -> Option<()> {
        if self.rest.starts_with(b"\r\n") {
            self.skip(2);
            return Some(());
        }
        self.next().filter(|it| *it == b'\n').map(|_| ())
    }

    fn skip_comment(&mut self) {
        let end = self.rest.iter().position(|it| matches!(it, b'\n' | b'\r'));
        self.skip(end.unwrap_or(self.rest.len()));
    }

    /// A name, a keyword, a number, or what is before the quote of a text.
    fn word(&mut self, first: u8) -> Option<()> {
        let length = self.rest.iter().position(|it| !is_word(*it)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        self.levels += 1;
        if !first.is_ascii() || !word.is_ascii() {
            return None;
        }
        match rest.first() {
            // a name, a keyword or a text may follow a number at once
            _ if first.is_ascii_digit() && word.contains(&b'l') => None,
            Some(b'"' | b'\'') if first.is_ascii_digit() => None,
            Some(quote @ (b'"' | b'\'')) if is_formatted(first, word) => {
                self.skip(1);
                self.formatted(*quote)
            }
            _ => {
                if first == b'l' && word == b"ambda" {
                    self.open.push(Open::Colon);
                }
                Some(())
            }
        }
    }

    fn mark(&mut self, byte: u8) -> Option<()> {
        match byte {
            b'(' => self.open(b')'),
            b'[' => self.open(b']'),
            b'{' => self.open(b'}'),
            b')' | b']' | b'}' => {
                self.open.pop_if(|it| *it == Open::Bracket(byte))?;
            }
            b':' if self.rest.first() != Some(&b'=') => {
                self.open.pop_if(|it| *it == Open::Colon);
            }
            _ => self.levels += usize::from(kind(byte) == Kind::Mark),
        }
        Some(())
    }

    /// A bracket that ends with `end`.
    fn open(&mut self, end: u8) {
        self.levels += 1;
        self.open.push(Open::Bracket(end));
    }
}

/// Whether the word of `first` and `rest` makes an f-string of the text behind it.
fn is_formatted(first: u8, rest: &[u8]) -> bool {
    let is_kind = |it: u8| matches!(it.to_ascii_lowercase(), b'f' | b't');
    let is_raw = |it: u8| it.eq_ignore_ascii_case(&b'r');
    match rest {
        [] => is_kind(first),
        [second] => (is_kind(first) && is_raw(*second)) || (is_raw(first) && is_kind(*second)),
        _ => false,
    }
}
