//! How deeply the parser would nest what is written: its tree is dropped level by level, on the stack.

use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{Mode, lexer};

use super::glance;

/// Most levels of one statement, counted generously: brackets, operators and keywords that follow each other.
pub(super) const MAX_DEPTH: usize = 2000;

/// What a level ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Until {
    /// The end of the statement.
    Newline,
    /// A closing bracket, the end of an f-string, the colon of a `lambda`.
    Token(TokenKind),
    /// The end of an f-string, of whichever kind.
    Text,
    /// The end of what is around it: a `yield` takes what is behind its commas, too.
    Outer,
}

/// The levels of the statement at hand: how each ends, and how often something nests in it since its last comma.
struct Levels {
    open: Vec<(Until, usize)>,
    total: usize,
}

/// The lines of `text` before the one in which a statement gets deeper than can be read safely; `None` when none does.
pub(super) fn safe_part(text: &str) -> Option<&str> {
    // a byte is a level at most
    if text.len() <= MAX_DEPTH || glance::at_most(text) <= MAX_DEPTH || !is_deep(text) {
        return None;
    }
    let next = text.match_indices('\n').map(|(at, _)| at + 1);
    let starts: Vec<usize> = std::iter::once(0).chain(next).collect();
    let deep = starts.partition_point(|it| !text.get(..*it).is_some_and(is_deep));
    text.get(..starts.get(deep.saturating_sub(1)).copied()?)
}

fn is_deep(text: &str) -> bool {
    levels(text) > MAX_DEPTH
}

/// The most levels of a statement of `text`.
pub(super) fn levels(text: &str) -> usize {
    let (mut levels, mut most) = (Levels::default(), 0);
    let mut lexer = lexer::lex(text, Mode::Module);
    let (mut texts, mut before, mut hidden) = (0_usize, TokenKind::Newline, false);
    loop {
        let kind = lexer.next_token();
        match kind {
            TokenKind::FStringStart | TokenKind::TStringStart => texts += 1,
            TokenKind::FStringEnd | TokenKind::TStringEnd => texts = texts.saturating_sub(1),
            _ => {}
        }
        // where a text inside an f-string is not closed, the parser reads on as if the f-string were
        hidden |= texts > 0 && before == TokenKind::String && ends_line(kind);
        before = kind;
        levels.take(kind);
        most = most.max(levels.total);
        if kind == TokenKind::EndOfFile {
            return if hidden { most.max(nesting(text)) } else { most };
        }
    }
}

fn ends_line(kind: TokenKind) -> bool {
    kind.is_any_newline() || kind == TokenKind::EndOfFile || kind == TokenKind::Comment
}

/// How much nests in `text` at most, whatever of it is taken for text or comment.
fn nesting(text: &str) -> usize {
    let plain = text.replace(['"', '\'', '#', '\\'], " ");
    let mut lexer = lexer::lex(&plain, Mode::Module);
    let kinds = std::iter::from_fn(|| Some(lexer.next_token()));
    kinds.take_while(|it| *it != TokenKind::EndOfFile).filter(|it| nests(*it)).count()
}

impl Default for Levels {
    fn default() -> Self {
        Self { open: vec![(Until::Newline, 0)], total: 0 }
    }
}

impl Levels {
    fn take(&mut self, kind: TokenKind) {
        match kind {
            TokenKind::Newline | TokenKind::Semi => self.reset(),
            TokenKind::Comma => self.comma(),
            TokenKind::Lpar => self.push(Until::Token(TokenKind::Rpar)),
            TokenKind::Lsqb => self.push(Until::Token(TokenKind::Rsqb)),
            TokenKind::Lbrace => self.push(Until::Token(TokenKind::Rbrace)),
            TokenKind::Lambda => self.push(Until::Token(TokenKind::Colon)),
            TokenKind::Yield => self.push(Until::Outer),
            TokenKind::FStringStart | TokenKind::TStringStart => self.push(Until::Text),
            TokenKind::FStringEnd | TokenKind::TStringEnd => self.close(Until::Text),
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace | TokenKind::Colon => {
                self.close(Until::Token(kind));
            }
            other if nests(other) => self.nest(),
            _ => {}
        }
    }

    /// A new statement, unless a bracket is open: the parser may look for its end on the next line.
    fn reset(&mut self) {
        self.leave_outer();
        if self.open.len() == 1 {
            *self = Self::default();
        }
    }

    fn nest(&mut self) {
        self.total += 1;
        if let Some((_, count)) = self.open.last_mut() {
            *count += 1;
        }
    }

    fn push(&mut self, until: Until) {
        self.nest();
        self.open.push((until, 0));
    }

    /// Items of a bracket do not nest in each other.
    fn comma(&mut self) {
        if let Some((until, count)) = self.open.last_mut()
            && !matches!(until, Until::Newline | Until::Outer)
        {
            self.total -= std::mem::take(count);
        }
    }

    /// Ends the innermost level, if `until` is its end: what does not fit is an error that the parser may skip.
    fn close(&mut self, until: Until) {
        let fits = |it: &&(Until, usize)| it.0 != Until::Outer;
        if self.open.iter().rev().find(fits).is_some_and(|it| it.0 == until) {
            self.leave_outer();
            self.leave(until);
        }
    }

    fn leave_outer(&mut self) {
        while self.leave(Until::Outer) {}
    }

    fn leave(&mut self, until: Until) -> bool {
        let left = self.open.pop_if(|it| it.0 == until);
        self.total -= left.map_or(0, |(_, count)| count);
        left.is_some()
    }
}

/// Whether what follows, or came before, may be nested in what `kind` begins.
fn nests(kind: TokenKind) -> bool {
    let flat = matches!(
        kind,
        TokenKind::Comma
            | TokenKind::Semi
            | TokenKind::Colon
            | TokenKind::Ellipsis
            | TokenKind::Rpar
            | TokenKind::Rsqb
            | TokenKind::Rbrace
    );
    let is_word = kind.is_non_soft_keyword() && !kind.is_singleton();
    (is_word || kind.is_operator()) && !flat
}
