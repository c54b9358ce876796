//! A command as one text. Source: `shlex.join`.

/// The words of a command as a shell takes them.
pub(super) fn quoted(words: &[String]) -> String {
    words.iter().map(|it| word(it)).collect::<Vec<_>>().join(" ")
}

fn word(text: &str) -> String {
    let safe = |it: char| it.is_ascii_alphanumeric() || "_@%+=:,./-".contains(it);
    if !text.is_empty() && text.chars().all(safe) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r#"'"'"'"#))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_keep_their_borders() {
        let words = ["python", "-c", "print('a b')", ""].map(str::to_owned);
        assert_eq!(quoted(&words), r#"python -c 'print('"'"'a b'"'"')' ''"#);
    }
}
