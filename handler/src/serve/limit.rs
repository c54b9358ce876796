//! How often one may ask: so many a minute, all of them at once if one likes (the generic cell rate algorithm).

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

const MINUTE: Duration = Duration::from_mins(1);
/// Failed attempts that one address may make in a minute.
const FAILURES: u32 = 10;
/// Addresses that are remembered; more share one allowance.
const ADDRESSES: usize = 4096;

/// So many a minute, of the whole process.
#[derive(Debug)]
pub(super) struct Limit {
    /// Between two of them, spread evenly; `None`: as many as one likes.
    interval: Option<Duration>,
    /// When the next one would come if they were.
    next: Mutex<Instant>,
}

impl Limit {
    /// `per_minute`; `None`: as many as one likes.
    pub(super) fn new(per_minute: Option<u32>) -> Self {
        let interval = per_minute.map(|it| MINUTE / it.max(1));
        Self { interval, next: Mutex::new(Instant::now()) }
    }

    /// Counts one.
    ///
    /// # Errors
    /// With how long to wait, when it is one too many: then it does not count.
    pub(super) fn take(&self) -> Result<(), Duration> {
        let Some(interval) = self.interval else { return Ok(()) };
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        wait(*next, now, interval).map_or(Ok(()), Err)?;
        *next = (*next).max(now) + interval;
        Ok(())
    }
}

/// How long until one more may come; `None`: it may.
fn wait(next: Instant, now: Instant, interval: Duration) -> Option<Duration> {
    let ahead = next.saturating_duration_since(now);
    let most = MINUTE.saturating_sub(interval);
    (ahead > most).then(|| ahead.saturating_sub(most))
}

/// Who failed to prove who they are, and how often: nobody guesses fast, and nobody is kept out by another's guesses.
#[derive(Debug, Default)]
pub(super) struct Failures(Mutex<BTreeMap<IpAddr, Instant>>);

impl Failures {
    /// How long `peer` is not listened to; `None`: it is.
    pub(super) fn wait(&self, peer: IpAddr) -> Option<Duration> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let next = known.get(&place(peer, &known))?;
        wait(*next, Instant::now(), MINUTE / FAILURES)
    }

    /// Counts one of `peer`.
    pub(super) fn count(&self, peer: IpAddr) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if known.len() >= ADDRESSES {
            known.retain(|_, next| *next > now);
        }
        let place = place(peer, &known);
        let next = known.entry(place).or_insert(now);
        *next = (*next).max(now) + MINUTE / FAILURES;
    }
}

/// What `peer` is counted under: its address, of IPv6 the network that one subscriber has.
fn place(peer: IpAddr, known: &BTreeMap<IpAddr, Instant>) -> IpAddr {
    let place = match peer.to_canonical() {
        IpAddr::V4(it) => IpAddr::V4(it),
        IpAddr::V6(it) => IpAddr::V6(Ipv6Addr::from_bits(it.to_bits() >> 64 << 64)),
    };
    let is_full = known.len() >= ADDRESSES && !known.contains_key(&place);
    if is_full { IpAddr::V6(Ipv6Addr::UNSPECIFIED) } else { place }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    fn peer(last: u8) -> IpAddr {
        IpAddr::from([10, 0, 0, last])
    }

    #[tokio::test(start_paused = true)]
    async fn a_minutes_worth_may_come_at_once_and_then_one_at_a_time() {
        let limit = Limit::new(Some(60));
        let taken = (0..100).filter(|_| limit.take().is_ok()).count();
        assert_eq!((taken, limit.take()), (60, Err(Duration::from_secs(1))));
        advance(Duration::from_secs(1)).await;
        assert_eq!(limit.take(), Ok(()));
        assert_eq!(limit.take(), Err(Duration::from_secs(1)), "what was refused did not count");
        let open = Limit::new(None);
        assert!((0..1000).all(|_| open.take().is_ok()));
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_fails_too_often_is_not_listened_to_and_others_are() {
        let failures = Failures::default();
        for at in 0..FAILURES {
            assert_eq!(failures.wait(peer(1)), None, "{at}");
            failures.count(peer(1));
        }
        assert_eq!(failures.wait(peer(1)), Some(Duration::from_secs(6)));
        assert_eq!(failures.wait(peer(2)), None);
        advance(Duration::from_secs(6)).await;
        assert_eq!(failures.wait(peer(1)), None);
    }

    #[tokio::test(start_paused = true)]
    async fn no_number_of_addresses_fills_the_memory_and_a_network_is_one_of_them() {
        let failures = Failures::default();
        for at in 0..u32::try_from(ADDRESSES).unwrap() + 100 {
            failures.count(IpAddr::from(at.to_be_bytes()));
        }
        assert_eq!(failures.0.lock().unwrap().len(), ADDRESSES + 1);
        assert!(failures.wait(peer(1)).is_some(), "the many share one allowance");
        let failures = Failures::default();
        for at in 0..u16::try_from(FAILURES).unwrap() {
            failures.count(IpAddr::from([0x2001, 0xdb8, 0, 1, at, 0, 0, 1]));
        }
        assert!(failures.wait(IpAddr::from([0x2001, 0xdb8, 0, 1, 0xffff, 0, 0, 1])).is_some());
        assert!(failures.wait(IpAddr::from([0x2001, 0xdb8, 0, 2, 0, 0, 0, 1])).is_none());
    }
}
