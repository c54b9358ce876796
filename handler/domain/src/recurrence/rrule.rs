//! Which rrules Prefect's servers accept. Source: dateutil's `rrulestr`, measured on 3.9.1 and 2.20.27.

mod value;

/// What matters about a sound rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Facts {
    /// It has a `DTSTART`.
    pub(crate) started: bool,
    /// It has a `COUNT`.
    pub(crate) counted: bool,
    /// It runs by the minute or by the second, or about as often.
    pub(crate) fine: bool,
}

/// Prefect's own limit, in characters.
const MOST: usize = 6500;

/// What is in `text`, or what is wrong with it.
pub(crate) fn read(text: &str) -> Result<Facts, String> {
    if text.chars().count() > MOST {
        return Err(format!("it is longer than {MOST} characters"));
    }
    let upper = text.to_uppercase();
    let lines: Vec<&str> = upper.split_whitespace().collect();
    let lines: Vec<Line<'_>> = lines.iter().map(|it| line(it)).collect::<Result<_, _>>()?;
    let start = lines.iter().rev().find_map(|it| it.start);
    let mut facts = Facts { started: start.is_some(), ..Facts::default() };
    for it in lines.iter().filter_map(|it| it.rule) {
        let rule = value::rule(it, start)?;
        facts.counted |= rule.counted;
        facts.fine |= rule.fine;
    }
    let dates = lines.iter().any(|it| it.dates);
    if !dates && lines.iter().all(|it| it.rule.is_none()) {
        return Err("it has no rule `FREQ=…`".to_owned());
    }
    Ok(facts)
}

/// One line: a rule, or dates.
#[derive(Debug, Default)]
struct Line<'a> {
    rule: Option<&'a str>,
    /// Of a `DTSTART`: whether it has a time zone.
    start: Option<bool>,
    /// Dates to add or leave out.
    dates: bool,
}

fn line(text: &str) -> Result<Line<'_>, String> {
    let (name, value) = text.split_once(':').unwrap_or(("RRULE", text));
    let mut parameters = name.split(';');
    let name = parameters.next().unwrap_or_default();
    let parameters: Vec<&str> = parameters.collect();
    if let Some(other) = parameters.iter().find(|it| !allowed(name, it)) {
        return Err(format!("`{name}` cannot have `{other}`"));
    }
    let zone = parameters.iter().find_map(|it| it.strip_prefix("TZID="));
    match name {
        "RRULE" | "EXRULE" => {
            Ok(Line { rule: Some(value), dates: name == "EXRULE", ..Line::default() })
        }
        "RDATE" | "EXDATE" => {
            value.split(',').try_for_each(|it| value::date(name, it).map(drop))?;
            Ok(Line { dates: true, ..Line::default() })
        }
        "DTSTART" => {
            let aware = value::date(name, value)?;
            let known = zone.is_some_and(|it| jiff::tz::db().get(it).is_ok());
            Ok(Line { start: Some(aware || known), ..Line::default() })
        }
        other => Err(format!("`{other}` is no property of a rule")),
    }
}

/// Whether the property `name` may have `parameter`.
fn allowed(name: &str, parameter: &str) -> bool {
    match name {
        "DTSTART" | "EXDATE" => {
            parameter.starts_with("TZID=") || matches!(parameter, "VALUE=DATE-TIME" | "VALUE=DATE")
        }
        "RDATE" => parameter == "VALUE=DATE-TIME",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Facts, read};

    #[test]
    fn rules_are_taken_and_refused_as_by_both_servers() {
        let rows: Vec<(String, bool)> =
            serde_json::from_str(include_str!("tests/rrules.json")).unwrap();
        let wrong = rows.iter().filter(|(rule, taken)| read(rule).is_ok() != *taken);
        assert_eq!(wrong.map(|(rule, _)| rule.as_str()).collect::<Vec<_>>(), [""; 0]);
    }

    #[test]
    fn an_interval_that_stops_the_scheduler_is_refused() {
        assert!(read("FREQ=DAILY;INTERVAL=0").is_err());
        assert!(read("FREQ=DAILY;INTERVAL=-1").is_err());
    }

    #[test]
    fn every_rule_of_a_text_counts() {
        let want = Facts { started: true, counted: true, fine: true };
        let text = "DTSTART:20240101T000000\nRRULE:FREQ=DAILY;COUNT=3\nRRULE:FREQ=SECONDLY";
        assert_eq!(read(text), Ok(want));
    }

    #[test]
    fn a_rule_is_as_fine_as_its_starts_are_many() {
        let fine = |rule: &str| read(&format!("RRULE:{rule}")).map(|it| it.fine);
        let minutes = (0..60).map(|it| it.to_string()).collect::<Vec<_>>().join(",");
        let hours = (0..24).map(|it| it.to_string()).collect::<Vec<_>>().join(",");
        assert_eq!(fine(&format!("FREQ=HOURLY;BYMINUTE={minutes}")), Ok(true));
        assert_eq!(fine(&format!("FREQ=DAILY;BYHOUR={hours};BYMINUTE=0,1,2,3,4")), Ok(true));
        assert_eq!(fine("FREQ=HOURLY;BYMINUTE=0,15,30,45"), Ok(false));
        assert_eq!(fine(&format!("FREQ=DAILY;BYMINUTE={minutes}")), Ok(false));
    }
}
