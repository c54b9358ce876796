//! Which receipts count, and for how long.

use std::collections::BTreeMap;

use serde_json::Value;

const DAY: i64 = 86_400;
/// The receipt of a request: longer than its message lies in the poison queue (7 days), so that what became of it is told once.
const REQUEST: i64 = 14 * DAY;
/// The receipt of a digest that is not among the newest: it has the clock of its content, should that be uploaded again.
const DIGEST: i64 = 90 * DAY;
/// How many receipts of digests a bundle keeps whatever their age.
const DIGESTS: usize = 100;

/// Whether the bundle's last `receipt` tells more than that a job was given up.
///
/// It does when it is newer than the job's message in the poison queue, which was `sent` then, seconds since 1970; or when it tells
/// how what is there now, with that `etag`, ended.
pub fn is_overtaken(receipt: &Value, etag: Option<&str>, sent: Option<i64>) -> bool {
    let text = |name: &str| receipt.get(name).and_then(Value::as_str);
    let finished = text("finished").and_then(|it| it.parse::<jiff::Timestamp>().ok());
    let is_newer = finished.zip(sent).is_some_and(|(finished, sent)| finished.as_second() > sent);
    let is_end = !matches!(text("outcome"), None | Some("failed" | "deferred"));
    is_newer || (is_end && text("etag") == etag)
}

/// The names of those of `documents` that nobody asks for any more at `now`. Each has the time of its last write, seconds since
/// 1970.
///
/// Receipts of requests go by their age, those of digests also only when a bundle has many. All else stays: `latest.json` and
/// what is beside the receipts is one of a kind.
pub fn outdated<'a>(documents: impl IntoIterator<Item = (&'a str, i64)>, now: i64) -> Vec<&'a str> {
    let mut gone = Vec::new();
    let mut digests: BTreeMap<&str, Vec<(i64, &str)>> = BTreeMap::new();
    for (key, at) in documents {
        let Some((folder, name)) = key.rsplit_once('/') else { continue };
        let digest = name.strip_suffix(".json").filter(|it| is_short_digest(it));
        match (folder.strip_suffix("/receipts"), digest) {
            _ if folder == ".requests" || folder.ends_with("/.requests") => {
                gone.extend((now - at > REQUEST).then_some(key));
            }
            (Some(bundle), Some(_)) => digests.entry(bundle).or_default().push((at, key)),
            _ => {}
        }
    }
    for mut all in digests.into_values() {
        all.sort_by_key(|it| std::cmp::Reverse(*it));
        let old = all.into_iter().skip(DIGESTS).filter(|(at, _)| now - at > DIGEST);
        gone.extend(old.map(|(_, key)| key));
    }
    gone
}

fn is_short_digest(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: i64 = 1_800_000_000;

    #[test]
    fn receipts_of_requests_go_by_their_age_and_whatever_is_one_of_a_kind_stays() {
        let days = |it: i64| NOW - it * DAY;
        let documents = [
            (".requests/all-1.json", days(15)),
            (".requests/all-2.json", days(13)),
            ("team/etl/.requests/ci-7.json", days(15)),
            ("team/etl/.requests/ci-8.json", days(1)),
            ("team/etl/receipts/latest.json", days(900)),
            ("team/etl/receipts/0123456789ab.json", days(900)),
            ("team/etl/state.json", days(900)),
            ("team/etl/suspended.json", days(900)),
            ("team/etl/lease", days(900)),
            (".accepted/0000000000001-r.json", days(900)),
        ];
        assert_eq!(
            outdated(documents, NOW),
            [".requests/all-1.json", "team/etl/.requests/ci-7.json"]
        );
    }

    #[test]
    fn receipts_of_digests_go_when_they_are_many_and_old() {
        let receipts = |bundle: &str, count: usize| -> Vec<String> {
            (0..count).map(|it| format!("{bundle}/receipts/{it:012x}.json")).collect()
        };
        let (many, few) = (receipts("many", DIGESTS + 40), receipts("few", DIGESTS));
        let day = |at: usize| NOW - i64::try_from(at).unwrap() * DAY;
        let all = many.iter().chain(&few).enumerate();
        let all = all.map(|(at, key)| (key.as_str(), day(at % many.len())));
        let gone = outdated(all, NOW);
        assert_eq!(gone.len(), 40);
        assert!(gone.iter().all(|it| many[DIGESTS..].iter().any(|key| key == it)), "{gone:?}");
        let fresh = many.iter().map(|key| (key.as_str(), NOW - DAY));
        assert_eq!(outdated(fresh, NOW), [""; 0], "they are many, and none is old");
    }

    #[test]
    fn a_receipt_that_is_newer_or_tells_how_what_is_there_ended_is_not_hidden() {
        let receipt = |outcome: &str, etag: &str| json!({"outcome": outcome, "etag": etag, "finished": "2026-01-01T00:00:10Z"});
        let at = jiff::Timestamp::from_second(1_767_225_610).unwrap().as_second();
        let (before, after) = (Some(at - 1), Some(at + 1));
        assert!(is_overtaken(&receipt("failed", "0x1"), Some("0x1"), before));
        assert!(!is_overtaken(&receipt("failed", "0x1"), Some("0x1"), after));
        assert!(is_overtaken(&receipt("applied", "0x1"), Some("0x1"), after));
        assert!(
            !is_overtaken(&receipt("applied", "0x1"), Some("0x2"), after),
            "of what was there before"
        );
        assert!(!is_overtaken(&json!({}), None, None));
    }
}
