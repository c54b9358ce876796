//! When schedules run, as texts: which cron strings, rrules and time zones Prefect's servers and its clients take.

pub(crate) mod cron;
pub(crate) mod rrule;

/// Whether `name` is a time zone as Prefect takes it; the database answers names in any case, the server only in their own.
pub(crate) fn is_zone(name: &str) -> bool {
    jiff::tz::db().get(name).is_ok_and(|it| it.iana_name() == Some(name))
}
