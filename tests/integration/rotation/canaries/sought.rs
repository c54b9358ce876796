//! Canaries, and how they may be spelled.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::json;

/// A text that is nowhere else.
pub(super) fn canary() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}

/// A key as Azure Storage has them, with all that base64 may have.
pub(super) fn account_key() -> String {
    let random = [uuid::Uuid::new_v4(), uuid::Uuid::new_v4()];
    let bytes = random.iter().flat_map(|it| it.as_bytes().to_vec());
    STANDARD.encode([0xfb, 0xff].into_iter().chain(bytes).collect::<Vec<u8>>())
}

/// Canaries in all spellings, each with what it is.
#[derive(Debug, Default)]
pub(super) struct Sought(Vec<(String, String)>);

impl Sought {
    /// Looks for `canary`, too: whole in every spelling, and each half of it as it is.
    pub(super) fn add(&mut self, what: &str, canary: &str) {
        let (first, second) = canary.split_at(canary.len() / 2);
        let mut all = vec![canary.to_owned(), first.to_owned(), second.to_owned()];
        all.push(json!(canary).to_string().trim_matches('"').to_owned());
        all.extend([percent(canary), hex(canary)]);
        all.extend((0..3).flat_map(|before| in_base64(canary, before)));
        self.0.extend(all.into_iter().map(|it| (what.to_owned(), it)));
    }

    /// What the first canary is that `text` has in any spelling.
    pub(super) fn found(&self, text: &str) -> Option<&str> {
        self.0.iter().find(|it| text.contains(&it.1)).map(|it| it.0.as_str())
    }

    /// Fails when `text` has one; `place` is where it is from.
    pub(super) fn absent(&self, place: &str, text: &str) {
        let found = self.found(text);
        assert_eq!(found, None, "in {place}");
    }

    /// The same for a message, which may be in base64.
    pub(super) fn absent_in_message(&self, place: &str, text: &str) {
        let decoded = STANDARD.decode(text).unwrap_or_default();
        self.absent(place, &format!("{text}{}", String::from_utf8_lossy(&decoded)));
    }
}

fn percent(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn hex(text: &str) -> String {
    let digits: Vec<String> = text.bytes().map(|it| format!("{it:02x}")).collect();
    digits.concat()
}

/// What base64 of a text is that has `canary` after `before` bytes: what no neighbour changes of it.
fn in_base64(canary: &str, before: usize) -> [String; 2] {
    let bytes = [&b"xx"[..before], canary.as_bytes()].concat();
    let inner = |text: String| {
        let end = usize::from(bytes.len() % 3 != 0);
        let text: Vec<char> = text.trim_end_matches('=').chars().collect();
        text[[0, 2, 3][before]..text.len() - end].iter().collect::<String>()
    };
    [inner(STANDARD.encode(&bytes)), inner(URL_SAFE_NO_PAD.encode(&bytes))]
}

#[test]
fn a_canary_is_found_however_it_is_spelled() {
    for canary in [canary(), account_key()] {
        let mut sought = Sought::default();
        sought.add("it", &canary);
        let around = ["", "a", "ab", "abc", "{\"value\":\"", "\u{fc}"];
        let mut texts = Vec::new();
        for text in around.map(|it| format!("{it}{canary}{it} z")) {
            texts.extend([STANDARD.encode(&text), URL_SAFE_NO_PAD.encode(&text)]);
            texts.extend([json!([text]).to_string(), percent(&text), hex(&text), text]);
        }
        texts.push(canary.split_at(canary.len() / 2).0.to_owned());
        assert_eq!(texts.len(), around.len() * 6 + 1);
        for text in texts {
            assert_eq!(sought.found(&text), Some("it"), "{text}");
        }
        assert_eq!(sought.found("another text"), None);
    }
}
