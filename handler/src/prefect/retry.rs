//! When a call is sent again, and after how long.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use tokio::time::Instant;

/// All tries of one call together: `SQLite` may be locked that long while others write.
const RETRY_FOR: Duration = Duration::from_mins(1);
/// The same of a call that is only turned away for coming too fast: a job has that long.
const PACED_FOR: Duration = Duration::from_mins(4);
/// Nobody wonders before that.
const TELL_AFTER: Duration = Duration::from_secs(2);

/// The tries of one call.
#[derive(Debug)]
pub(super) struct Retry {
    started: Instant,
    attempt: u32,
    told: bool,
    most: Duration,
}

impl Retry {
    pub(super) fn start() -> Self {
        Self { started: Instant::now(), attempt: 0, told: false, most: RETRY_FOR }
    }

    /// Waits until it is time for the next try; false when there has been enough of it.
    pub(super) async fn again(&mut self, after: Option<Duration>) -> bool {
        // never `after` alone: callers that were turned away together would come back together
        let wait = after.unwrap_or_default() + pause(self.attempt);
        self.attempt += 1;
        if self.started.elapsed() + wait > self.most {
            return false;
        }
        tokio::time::sleep(wait).await;
        true
    }

    /// The server is well, and has too many requests: that slows, it does not fail.
    pub(super) fn is_paced(&mut self) {
        self.most = PACED_FOR;
    }

    /// Whether it is time to say, once, that the tries go on: a person waits; a single "later" is everyday.
    pub(super) fn is_news(&mut self) -> bool {
        let news = !self.told && self.started.elapsed() >= TELL_AFTER;
        self.told |= news;
        news
    }
}

/// Whether the server says "later".
pub(super) fn is_later(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 502 | 503 | 504)
}

/// Whether the server says so before it has done anything.
pub(super) fn is_undone(status: StatusCode) -> bool {
    matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE)
}

/// Seconds, as `SQLite`-backed servers and Cloud send it, or a date, as proxies before them may (RFC 9110, 10.2.3); capped, a
/// server must not park us.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get("retry-after")?.to_str().ok()?;
    let seconds = text.parse().ok().or_else(|| seconds_until(text, Timestamp::now()))?;
    Duration::try_from_secs_f64(seconds.clamp(0.0, 30.0)).ok()
}

/// How many seconds the date `text`, as `Sun, 06 Nov 1994 08:49:37 GMT`, is after `now`.
fn seconds_until(text: &str, now: Timestamp) -> Option<f64> {
    let date = rfc2822::parse(text).ok()?;
    Some(date.timestamp().duration_since(now).as_secs_f64())
}

/// 80 ms doubled each time up to 4 s, with half of it random.
fn pause(attempt: u32) -> Duration {
    let base = Duration::from_millis(80 * 2_u64.pow(attempt.min(6)));
    base.min(Duration::from_secs(4)).mul_f64(0.5 + 0.5 * rand::random::<f64>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_call_is_tried_for_a_minute_and_no_longer() {
        let (started, mut retry) = (Instant::now(), Retry::start());
        let (mut tries, mut told) = (0, Vec::new());
        while retry.again(None).await {
            tries += 1;
            if retry.is_news() {
                told.push(started.elapsed());
            }
        }
        assert!(started.elapsed() <= RETRY_FOR);
        assert!(started.elapsed() > RETRY_FOR / 2, "{:?}", started.elapsed());
        assert!((15..60).contains(&tries), "{tries}");
        assert!(matches!(told.as_slice(), [once] if *once >= TELL_AFTER), "{told:?}");
    }

    #[test]
    fn a_server_cannot_park_us() {
        let mut headers = HeaderMap::new();
        assert_eq!(retry_after(&headers), None);
        for (text, want) in [("2.5", 2.5), ("86400", 30.0), ("-1", 0.0)] {
            headers.insert("retry-after", text.parse().unwrap());
            assert_eq!(retry_after(&headers), Some(Duration::from_secs_f64(want)));
        }
    }

    #[test]
    fn a_date_says_when_too() {
        let now = "1994-11-06T08:49:30.5Z".parse().unwrap();
        assert_eq!(seconds_until("Sun, 06 Nov 1994 08:49:37 GMT", now), Some(6.5));
        assert_eq!(seconds_until("Sun, 06 Nov 1994 08:49:29 GMT", now), Some(-1.5));
        assert_eq!(seconds_until("soon", now), None);
    }
}
