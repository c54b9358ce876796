//! Patterns of `re` as the engine here reads them.

use regex_automata::meta::{Config, Regex};
use regex_automata::util::syntax;

/// Largest compiled pattern, in bytes.
const MAX_SIZE: usize = 1024 * 1024;

pub(super) const IGNORE_CASE: i128 = 2;
pub(super) const MULTI_LINE: i128 = 8;
pub(super) const DOT_ALL: i128 = 16;
pub(super) const VERBOSE: i128 = 64;

/// Why a pattern is not read.
#[derive(Debug)]
pub(super) enum Unread {
    /// It is no pattern.
    Wrong(String),
    /// It asks for what the engine here does not do: looking around, or back at groups.
    Beyond,
}

/// The pattern, compiled; `whole` when it has to match to the end.
pub(super) fn compile(pattern: &str, flags: i128, whole: bool) -> Result<Regex, Unread> {
    let has = |flag: i128| flags & flag != 0;
    let syntax = syntax::Config::new()
        .case_insensitive(has(IGNORE_CASE))
        .multi_line(has(MULTI_LINE))
        .dot_matches_new_line(has(DOT_ALL))
        .ignore_whitespace(has(VERBOSE))
        .nest_limit(50);
    let translated = translated(pattern)?;
    // a comment of a verbose pattern ends with the line
    let end = if has(VERBOSE) { "\n" } else { "" };
    let translated = if whole { format!("(?:{translated}{end})\\z") } else { translated };
    let config = Config::new().nfa_size_limit(Some(MAX_SIZE)).onepass(false).pool_capacity(1);
    let built = Regex::builder().configure(config).syntax(syntax).build(&translated);
    built.map_err(|error| Unread::Wrong(error.to_string()))
}

/// What follows `(?` in what only another engine can do.
const LOOKS: [&str; 8] = ["=", "!", "<=", "<!", "P=", "P>", "(", ">"];

/// What Python writes another way.
fn translated(pattern: &str) -> Result<String, Unread> {
    let mut out = String::new();
    let mut chars = pattern.chars().peekable();
    let mut class = None;
    while let Some(it) = chars.next() {
        match (it, class) {
            ('\\', _) => escape(chars.next(), class.is_some(), &mut out)?,
            ('[', None) => {
                out.push('[');
                if chars.next_if_eq(&'^').is_some() {
                    out.push('^');
                }
                if chars.next_if_eq(&']').is_some() {
                    out.push_str("\\]");
                }
                class = Some(());
            }
            ('[', Some(())) => out.push_str("\\["),
            ('&' | '~', Some(())) => out.extend(['\\', it]),
            (']', Some(())) => {
                out.push(']');
                class = None;
            }
            ('(', None) if chars.peek() == Some(&'?') => {
                let rest: String = chars.clone().skip(1).take(2).collect();
                if LOOKS.iter().any(|it| rest.starts_with(it)) {
                    return Err(Unread::Beyond);
                }
                if rest.starts_with('#') {
                    chars.by_ref().find(|it| *it == ')');
                } else {
                    out.push('(');
                }
            }
            ('{', None) => out.push_str(&repetition(&mut chars)),
            (it, _) => out.push(it),
        }
    }
    Ok(out)
}

/// A backslash, and the letter behind it, inside or outside of `[…]`.
fn escape(next: Option<char>, in_class: bool, out: &mut String) -> Result<(), Unread> {
    const SAME: &str = "dDwWsSbBAnrtfvxuUaN0123456789";
    match next {
        Some('Z') => out.push_str("\\z"),
        // of ASCII: the caller has looked at the text
        Some('b') if !in_class => out.push_str("(?-u:\\b)"),
        Some('b') => out.push_str("\\x08"),
        Some('B' | '1'..='9') if !in_class => return Err(Unread::Beyond),
        Some(next) if SAME.contains(next) || is_escaped_sign(next) => out.extend(['\\', next]),
        Some(next) => out.push(next),
        None => return Err(Unread::Wrong("bad escape (end of pattern)".to_owned())),
    }
    Ok(())
}

fn is_escaped_sign(it: char) -> bool {
    it.is_ascii_punctuation() && it != '<' && it != '>'
}

/// `{,3}` is `{0,3}`; what is no repetition is the brace itself.
fn repetition(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> String {
    let ahead: String = chars.clone().take_while(|it| *it != '}').take(12).collect();
    let is_counted = !ahead.is_empty()
        && ahead != ","
        && ahead.chars().all(|it| it.is_ascii_digit() || it == ',')
        && chars.clone().nth(ahead.len()) == Some('}');
    if !is_counted {
        return "\\{".to_owned();
    }
    if ahead.starts_with(',') { "{0".to_owned() } else { "{".to_owned() }
}

/// How many states the engine has to look at for each character, about: the same on every run.
pub(super) fn weight(source: &str) -> usize {
    let counts = source.split('{').skip(1).filter_map(|it| {
        let inside = it.split('}').next()?;
        inside.rsplit(',').find_map(|it| it.trim().parse::<usize>().ok())
    });
    let repeated = counts.fold(1_usize, |all, it| all.saturating_mul(it.max(1)));
    source.len().saturating_mul(repeated).max(1)
}
