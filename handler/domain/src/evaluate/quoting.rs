//! Texts and bytes as Python writes them in source.

#[expect(clippy::format_push_string, reason = "a short text in pieces")]
pub(super) fn bytes(all: &[u8]) -> String {
    let quote = if all.contains(&b'\'') && !all.contains(&b'"') { '"' } else { '\'' };
    let mut out = format!("b{quote}");
    for it in all {
        match it {
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            b'\\' => out.push_str("\\\\"),
            it if char::from(*it) == quote => out.extend(['\\', quote]),
            0x20..=0x7e => out.push(char::from(*it)),
            it => out.push_str(&format!("\\x{it:02x}")),
        }
    }
    out.push(quote);
    out
}

/// In quotes, single ones where it goes.
pub(crate) fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for it in text.chars() {
        match it {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\\' => out.push_str("\\\\"),
            it if it == quote => out.extend(['\\', it]),
            it if is_printable(it) => out.push(it),
            it => out.push_str(&escaped(it)),
        }
    }
    out.push(quote);
    out
}

/// `\x07`, `\u200b`
pub(super) fn escaped(it: char) -> String {
    match u32::from(it) {
        code @ 0..=0xff => format!("\\x{code:02x}"),
        code @ 0x100..=0xffff => format!("\\u{code:04x}"),
        code => format!("\\U{code:08x}"),
    }
}

/// What `ascii` makes of what `repr` shows.
pub(super) fn ascii(shown: &str) -> String {
    shown.chars().map(|it| if it.is_ascii() { it.to_string() } else { escaped(it) }).collect()
}

/// Whether `repr` shows the character itself, as far as control and format characters and blanks go.
pub(super) fn is_printable(it: char) -> bool {
    !(it.is_control()
        || it.is_whitespace() && it != ' '
        || matches!(it, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e000}'..='\u{f8ff}'))
}
