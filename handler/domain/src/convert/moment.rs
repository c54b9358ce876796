//! Durations and times that the text tells: `timedelta(minutes=5)`, `datetime(2021, 1, 1)`.

use jiff::civil::{Date, Time};
use ruff_python_ast::Expr;

use super::value::Constants;

/// The arguments of a `timedelta` in their order, in seconds.
const UNITS: [(&str, f64); 7] = [
    ("days", 86400.0),
    ("seconds", 1.0),
    ("microseconds", 1e-6),
    ("milliseconds", 1e-3),
    ("minutes", 60.0),
    ("hours", 3600.0),
    ("weeks", 604_800.0),
];

/// The arguments of a `datetime` in their order.
const PARTS: [&str; 6] = ["year", "month", "day", "hour", "minute", "second"];

impl<'a> Constants<'a> {
    /// The seconds of `timedelta(minutes=5)`.
    pub(super) fn seconds(&self, expr: &'a Expr) -> Option<f64> {
        let Expr::Call(call) = self.resolve(expr) else { return None };
        if !is_named(&call.func, &["timedelta", "duration"]) {
            return None;
        }
        let mut sum = 0.0;
        for (at, it) in call.arguments.args.iter().enumerate() {
            sum += self.value(it)?.as_f64()? * UNITS.get(at)?.1;
        }
        for it in &call.arguments.keywords {
            let name = it.arg.as_ref()?.as_str();
            let unit = UNITS.iter().find(|it| it.0 == name)?.1;
            sum += self.value(&it.value)?.as_f64()? * unit;
        }
        Some(sum)
    }

    /// `2021-01-01T06:00:00` and the zone of `datetime(2021, 1, 1, 6)` or `pendulum.datetime(2021, 1, 1, tz="Europe/Oslo")`.
    pub(super) fn moment(&self, expr: &'a Expr) -> Option<(String, Option<String>)> {
        let Expr::Call(call) = self.resolve(expr) else { return None };
        if !is_named(&call.func, &["datetime", "DateTime"]) {
            return None;
        }
        let mut parts = [0_i64, 1, 1, 0, 0, 0];
        for (at, it) in call.arguments.args.iter().enumerate() {
            *parts.get_mut(at)? = self.value(it)?.as_i64()?;
        }
        let mut zone = None;
        for it in &call.arguments.keywords {
            let name = it.arg.as_ref()?.as_str();
            match PARTS.iter().position(|it| *it == name) {
                Some(at) => *parts.get_mut(at)? = self.value(&it.value)?.as_i64()?,
                None if ["tz", "tzinfo"].contains(&name) => zone = Some(self.zone(&it.value)?),
                None => return None,
            }
        }
        let [year, month, day, hour, minute, second] = parts;
        let small = |it: i64| i8::try_from(it).ok();
        let (month, day) = (small(month)?, small(day)?);
        let date = Date::new(i16::try_from(year).ok()?, month, day).ok()?;
        let time = Time::new(small(hour)?, small(minute)?, small(second)?, 0).ok()?;
        Some((date.to_datetime(time).strftime("%Y-%m-%dT%H:%M:%S").to_string(), zone))
    }

    /// `"Europe/Oslo"`, `pendulum.timezone("Europe/Oslo")`, `timezone.utc`.
    fn zone(&self, expr: &'a Expr) -> Option<String> {
        match self.resolve(expr) {
            Expr::Call(it) => self.text(it.arguments.args.first()?),
            Expr::Attribute(it) => {
                it.attr.as_str().eq_ignore_ascii_case("utc").then(|| "UTC".to_owned())
            }
            other => self.text(other),
        }
    }
}

/// Whether `expr` is one of `names`, or an attribute that is called so.
fn is_named(expr: &Expr, names: &[&str]) -> bool {
    match expr {
        Expr::Name(it) => names.contains(&it.id.as_str()),
        Expr::Attribute(it) => names.contains(&it.attr.as_str()),
        _ => false,
    }
}
