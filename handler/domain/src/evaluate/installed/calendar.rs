//! `calendar`: months and days of the week.

use jiff::civil;

use super::Made;
use crate::evaluate::call::Args;
use crate::evaluate::machine::Machine;
use crate::evaluate::value::Value;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const DAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Values of the module: names, numbers of days.
pub(super) fn constant<'a>(dotted: &str) -> Option<Value<'a>> {
    let name = dotted.strip_prefix("calendar.")?;
    let short = |it: &str| Value::text(it.get(..3).unwrap_or(it));
    let whole = |it: &str| Value::text(it);
    let months = |of: &dyn Fn(&str) -> Value<'a>| {
        Value::list(
            std::iter::once(Value::text("")).chain(MONTHS.iter().map(|it| of(it))).collect(),
        )
    };
    Some(match name {
        "month_name" => months(&whole),
        "month_abbr" => months(&short),
        "day_name" => Value::list(DAYS.iter().map(|it| whole(it)).collect()),
        "day_abbr" => Value::list(DAYS.iter().map(|it| short(it)).collect()),
        _ => {
            let at = DAYS.iter().position(|it| it.to_uppercase() == name)?;
            Value::Int(i128::try_from(at).ok()?)
        }
    })
}

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    let Some(name) = dotted.strip_prefix("calendar.") else { return Ok(None) };
    if let Some(unknown) = args.unknown() {
        return Ok(Some(unknown.clone()));
    }
    let part = |name, at| args.get(name, at).and_then(Value::as_int);
    let (year, month, day) = (part("year", 0), part("month", 1), part("day", 2));
    let date = |month: Option<i128>, day: Option<i128>| {
        let year = i16::try_from(year?).ok()?;
        let (month, day) = (i8::try_from(month?).ok()?, i8::try_from(day?).ok()?);
        civil::Date::new(year, month, day).ok()
    };
    let weekday = |it: civil::Date| Value::Int(it.weekday().to_monday_zero_offset().into());
    Ok(match name {
        "isleap" => date(Some(1), Some(1)).map(|it| Value::Bool(it.in_leap_year())),
        "weekday" => date(month, day).map(weekday),
        "monthrange" => match date(month, Some(1)) {
            Some(it) => {
                Some(Value::tuple(vec![weekday(it), Value::Int(it.days_in_month().into())]))
            }
            None => return machine.raise("ValueError", "bad month number; must be 1-12"),
        },
        _ => None,
    })
}
