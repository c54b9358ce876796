//! Dates, times, zones and rules of recurrence: each result is what Python 3.11 gives for the same text.

mod basic;
mod pendulum;
mod rrule;
mod zones;

use super::check;
