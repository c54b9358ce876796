//! Time zones.

use jiff::civil;
use jiff::tz::AmbiguousOffset;

/// A time zone.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::evaluate) enum Zone {
    /// Seconds east of UTC.
    Fixed(i32),
    /// An IANA name, and whose class holds it.
    Region(String, Maker),
}

/// Whose class a time zone is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::evaluate) enum Maker {
    /// `pendulum`, or `pytz`: its objects tell their names.
    Pendulum,
    /// `zoneinfo`
    ZoneInfo,
    /// `dateutil`: its objects tell no names.
    Dateutil,
}

impl Zone {
    /// Seconds east of UTC at `at`.
    pub(in crate::evaluate) fn offset(&self, at: civil::DateTime) -> Option<i32> {
        match self {
            Self::Fixed(it) => Some(*it),
            Self::Region(name, _) => {
                let zone = jiff::tz::TimeZone::get(name).ok()?;
                // of a time that is skipped or doubled, Python takes the offset before
                Some(match zone.to_ambiguous_timestamp(at).offset() {
                    AmbiguousOffset::Unambiguous { offset } => offset.seconds(),
                    AmbiguousOffset::Gap { before, .. } | AmbiguousOffset::Fold { before, .. } => {
                        before.seconds()
                    }
                })
            }
        }
    }

    /// `CET`, `UTC+02:00`
    pub(in crate::evaluate) fn abbreviation(&self, at: civil::DateTime) -> Option<String> {
        let Self::Region(name, _) = self else { return Some(self.name()) };
        let zone = jiff::tz::TimeZone::get(name).ok()?;
        let instant = zone.to_ambiguous_zoned_datetime(at).compatible().ok()?.timestamp();
        Some(zone.to_offset_info(instant).abbreviation().to_owned())
    }

    /// `UTC`, `+02:00`, `Europe/Oslo`
    pub(in crate::evaluate) fn name(&self) -> String {
        match self {
            Self::Fixed(0) => "UTC".to_owned(),
            Self::Fixed(it) => format!("UTC{}", offset(*it)),
            Self::Region(it, _) => it.clone(),
        }
    }
}

/// `+02:00`
pub(in crate::evaluate) fn offset(seconds: i32) -> String {
    let (sign, it) =
        if seconds < 0 { ('-', seconds.unsigned_abs()) } else { ('+', seconds.unsigned_abs()) };
    let rest = it % 60;
    let rest = if rest == 0 { String::new() } else { format!(":{rest:02}") };
    format!("{sign}{:02}:{:02}{rest}", it / 3600, it / 60 % 60)
}
