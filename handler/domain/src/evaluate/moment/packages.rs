//! Times that other modules make: `ZoneInfo(…)`, `pytz`, `dateutil`, `pendulum`.

use super::arguments::{date, datetime, span, time, zone};
use super::make::{Answer, now, of_iso};
use super::present::{in_default, in_zone, midnight, region, shown_now, utc};
use super::{Maker, Moment, Zone, written};
use crate::evaluate::call::Args;
use crate::evaluate::machine::Machine;
use crate::evaluate::value::Value;

/// Functions that are known.
const NAMES: [&str; 18] = [
    "dateutil.parser.isoparse",
    "dateutil.parser.parse",
    "dateutil.tz.gettz",
    "dateutil.tz.tzutc",
    "pendulum.DateTime",
    "pendulum.Duration",
    "pendulum.date",
    "pendulum.datetime",
    "pendulum.duration",
    "pendulum.instance",
    "pendulum.naive",
    "pendulum.now",
    "pendulum.parse",
    "pendulum.time",
    "pendulum.timezone",
    "pendulum.today",
    "pytz.timezone",
    "time.strftime",
];

/// Whether `dotted` is one of them.
pub(super) fn has(dotted: &str) -> bool {
    dotted.starts_with("zoneinfo.") || NAMES.contains(&dotted)
}

/// What the call `dotted(…)` gives.
pub(super) fn make<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Answer<'a> {
    Ok(match dotted {
        "zoneinfo.ZoneInfo" | "pytz.timezone" | "dateutil.tz.gettz" => {
            return of_region(machine, dotted, args);
        }
        "dateutil.tz.tzutc" => Some(Moment::Zone(Zone::Fixed(0))),
        "pendulum.datetime" | "pendulum.DateTime" => datetime(args).map(|it| in_default(it, args)),
        "pendulum.naive" => datetime(args),
        "pendulum.date" => date(args).map(Moment::Date),
        "pendulum.time" => time(args, 0).map(Moment::Time),
        "pendulum.duration" | "pendulum.Duration" => match span(args) {
            Some(it) => Some(Moment::Span(it)),
            None => return Err(Ok(machine.unknown("a duration of months or years"))),
        },
        "pendulum.timezone" => args.text("name", 0).and_then(|it| region(&it)).map(Moment::Zone),
        "pendulum.instance" => match args.get("obj", 0) {
            Some(Value::Moment(it)) => Some(in_default((**it).clone(), args)),
            _ => None,
        },
        "pendulum.now" => here(now(machine)?, args),
        "pendulum.today" => here(now(machine)?, args).map(midnight),
        "pendulum.parse" | "dateutil.parser.isoparse" | "dateutil.parser.parse" => {
            return parsed(machine, dotted, args);
        }
        "time.strftime" => return Err(Ok(shown_now(machine, args))),
        _ => return Err(Ok(machine.unknown(format!("the result of `{dotted}`")))),
    })
}

fn of_region<'a>(machine: &Machine<'a>, dotted: &str, args: &Args<'a>) -> Answer<'a> {
    let maker = match dotted {
        "zoneinfo.ZoneInfo" => Maker::ZoneInfo,
        "dateutil.tz.gettz" => Maker::Dateutil,
        _ => Maker::Pendulum,
    };
    let name = args.text("key", 0).or_else(|| args.text("zone", 0)).unwrap_or_default();
    let missing = || {
        let message = format!("No time zone found with key {name}");
        machine.raise("ZoneInfoNotFoundError", message)
    };
    let zone = || Some(Moment::Zone(Zone::Region(name.to_string(), maker)));
    region(&name).map(|_| zone()).ok_or_else(missing)
}

/// The time `now` in the zone that `args` name.
fn here(now: i128, args: &Args<'_>) -> Option<Moment> {
    let wanted = args.get("tz", 0).and_then(|it| zone(Some(it))).flatten();
    in_zone(now, Some(wanted.unwrap_or_else(utc)))
}

fn parsed<'a>(machine: &Machine<'a>, dotted: &str, args: &Args<'a>) -> Answer<'a> {
    let text = args.text("text", 0).unwrap_or_default();
    let loose = || written::read(&text).filter(|_| dotted == "dateutil.parser.parse");
    match of_iso(&text).or_else(loose) {
        Some(it) if dotted.starts_with("pendulum") => Ok(Some(in_default(it, args))),
        Some(it) => Ok(Some(it)),
        None => Err(Ok(machine.unknown(format!("the result of `{dotted}`")))),
    }
}
