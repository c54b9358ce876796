//! How fast requests leave: Cloud allows so many a minute, and workers need their share of them.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep};

/// Spreads the requests of the whole process (the generic cell rate algorithm): a tenth of a minute's requests may leave at once.
#[derive(Debug)]
pub(super) struct Pace {
    /// Between two requests; `None`: no limit.
    interval: Option<Duration>,
    /// When the next one would leave if they were spread evenly.
    next: Mutex<Instant>,
}

impl Pace {
    /// `per_minute` requests; `None`: as many as one likes.
    pub(super) fn new(per_minute: Option<u32>) -> Self {
        let interval = per_minute.map(|it| Duration::from_mins(1) / it.max(1));
        Self { interval, next: Mutex::new(Instant::now()) }
    }

    /// Waits until one more request may leave.
    pub(super) async fn turn(&self) {
        let wait = self.reserved();
        if !wait.is_zero() {
            sleep(wait).await;
        }
    }

    /// The server has had enough: nobody sends anything for that long.
    pub(super) fn hold(&self, time: Duration) {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        *next = (*next).max(Instant::now() + time + self.burst());
    }

    fn reserved(&self) -> Duration {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let at = (*next).max(now);
        *next = at + self.interval.unwrap_or_default();
        (at - now).saturating_sub(self.burst())
    }

    fn burst(&self) -> Duration {
        if self.interval.is_some() { Duration::from_secs(6) } else { Duration::ZERO }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn time_of(count: u32, pace: &Pace) -> Duration {
        let started = Instant::now();
        for _ in 0..count {
            pace.turn().await;
        }
        started.elapsed()
    }

    #[tokio::test(start_paused = true)]
    async fn requests_are_spread_over_minutes_and_a_few_may_leave_at_once() {
        let pace = Pace::new(Some(60));
        assert!(time_of(7, &pace).await.is_zero());
        assert_eq!(time_of(60, &pace).await, Duration::from_mins(1));
        assert!(time_of(1000, &Pace::new(None)).await.is_zero());
    }

    #[tokio::test(start_paused = true)]
    async fn after_too_many_requests_nobody_sends_any_for_a_while() {
        for pace in [Pace::new(None), Pace::new(Some(60))] {
            pace.hold(Duration::from_secs(30));
            assert_eq!(time_of(1, &pace).await, Duration::from_secs(30));
        }
    }
}
