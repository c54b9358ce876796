//! The `pattern` keyword of a JSON schema.

use regex_automata::meta::{Config, Regex};

/// A pattern that compiles to more bytes is taken as matching.
const MOST: usize = 1 << 20;

/// How the pattern of a decimal starts; the engine has no look-ahead.
const NOT_ONLY_SIGNS: &str = "^(?!^[-+.]*$)";

/// Whether `text` may have a match of `pattern`.
///
/// The server searches with Python's `re`, so whatever the two languages read in two ways is taken as a match: what does not
/// compile here, set operations, and texts with control characters (`$` and `\s` differ there).
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    if let Some(rest) = pattern.strip_prefix(NOT_ONLY_SIGNS) {
        return text.contains(|it| !"-+.".contains(it)) && matches(&format!("^{rest}"), text);
    }
    let two_ways = ["&&", "--", "~~", "[["].iter().any(|it| pattern.contains(it));
    if two_ways || text.contains(char::is_control) {
        return true;
    }
    let config = Config::new().nfa_size_limit(Some(MOST)).onepass_size_limit(Some(MOST));
    let regex = Regex::builder().configure(config).build(pattern);
    regex.map_or(true, |it| it.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_pattern_is_searched_for_anywhere() {
        assert!(matches("b", "abc"));
        assert!(!matches(r"^\d+$", "12a"));
    }

    #[test]
    fn what_python_may_read_otherwise_is_taken_as_a_match() {
        for (pattern, text) in [("(?!a)b", "x"), ("[a&&b]", "c"), ("^a$", "a\n"), (r"(a)\1", "b")] {
            assert!(matches(pattern, text), "{pattern}");
        }
    }
}
