//! Which cron strings Prefect's servers accept. Source: croniter's grammar, measured on 3.9.1 and 2.20.27.

mod weekday;

/// What is wrong with `cron`, if anything.
pub(crate) fn fault(cron: &str) -> Option<String> {
    if cron.starts_with('@') {
        let known =
            ["@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually"];
        return (!known.contains(&cron.to_lowercase().as_str()))
            .then(|| format!("`{cron}` is not one of {}", known.join(", ")));
    }
    let fields: Vec<&str> = cron.split_whitespace().collect();
    if !(5..=7).contains(&fields.len()) {
        return Some(format!(
            "a cron string has 5 fields (minute hour day month weekday), this has {}",
            fields.len()
        ));
    }
    let kinds = [MINUTE, HOUR, DAY, MONTH, WEEKDAY, SECOND, YEAR];
    fields.iter().zip(kinds).find_map(|(field, kind)| kind.fault(field))
}

struct FieldKind {
    name: &'static str,
    least: u32,
    most: u32,
    names: &'static [&'static str],
}

const MINUTE: FieldKind = FieldKind { name: "minute", least: 0, most: 59, names: &[] };
const HOUR: FieldKind = FieldKind { name: "hour", least: 0, most: 23, names: &[] };
const DAY: FieldKind = FieldKind { name: "day of month", least: 1, most: 31, names: &[] };
const MONTH: FieldKind = FieldKind {
    name: "month",
    least: 1,
    most: 12,
    names: &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
};
const WEEKDAY: FieldKind = FieldKind {
    name: "day of week",
    least: 0,
    most: 7,
    names: &["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
};
const SECOND: FieldKind = FieldKind { name: "second", least: 0, most: 59, names: &[] };
const YEAR: FieldKind = FieldKind { name: "year", least: 1970, most: 2099, names: &[] };

impl FieldKind {
    fn fault(&self, field: &str) -> Option<String> {
        if let Some(bad) = field.split(',').find(|it| !self.fits(it)) {
            return Some(format!("`{bad}` is no {}", self.name));
        }
        (self.is_weekday() && weekday::mixes(field))
            .then(|| format!("`{field}` mixes days with n-th days (`5#2`)"))
    }

    fn is_day(&self) -> bool {
        self.name == DAY.name
    }

    fn is_weekday(&self) -> bool {
        self.name == WEEKDAY.name
    }

    fn fits(&self, part: &str) -> bool {
        match part.split_once('/') {
            Some((range, step)) => {
                let stepped = digits(step).is_some_and(|it| it > 0);
                stepped && (range == "*" || self.range(range).is_some() || self.random(range, true))
            }
            None => self.whole(part) || self.range(part).is_some() || self.random(part, false),
        }
    }

    /// What stands alone: `*`, `?`, `L`, `5#2`, `L5`.
    fn whole(&self, part: &str) -> bool {
        let last = part.strip_prefix(['L', 'l']);
        part == "*"
            || (part == "?" && (self.is_day() || self.is_weekday()))
            || (self.is_day() && last == Some(""))
            || (self.is_weekday() && weekday::nth(part).is_some())
    }

    /// `R/10` or `R(0-5)`: a random value; a bare `R` is refused by Prefect itself.
    fn random(&self, range: &str, stepped: bool) -> bool {
        let Some(rest) = range.strip_prefix(['R', 'r']) else { return false };
        let inner = rest.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
        let bounds = inner.and_then(|it| it.split_once('-'));
        let bounds = bounds.and_then(|(from, to)| Some((self.value(from)?, self.value(to)?)));
        (rest.is_empty() && stepped) || bounds.is_some_and(|(from, to)| from <= to)
    }

    /// A value or `from-to`; a range may go round, and one from a value to itself is the whole field.
    fn range(&self, range: &str) -> Option<(u32, u32)> {
        let Some((from, to)) = range.split_once('-') else {
            return self.value(range).map(|it| (it, it));
        };
        let (from, to) = (self.bound(from)?, self.bound(to)?);
        (from == to || from >= self.least).then_some((from, to))
    }

    fn value(&self, text: &str) -> Option<u32> {
        self.bound(text).filter(|it| *it >= self.least)
    }

    fn bound(&self, text: &str) -> Option<u32> {
        let lower = text.to_lowercase();
        let named = self.names.iter().position(|it| *it == lower);
        if let Some(at) = named.and_then(|it| u32::try_from(it).ok()) {
            return Some(at + self.least);
        }
        digits(text).filter(|it| *it <= self.most)
    }
}

fn digits(text: &str) -> Option<u32> {
    text.bytes().all(|it| it.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::fault;

    #[test]
    fn cron_strings_are_taken_and_refused_as_by_both_servers() {
        let rows: BTreeMap<String, Vec<String>> =
            serde_json::from_str(include_str!("../tests/crons.json")).unwrap();
        let wrong = rows.iter().flat_map(|(verdict, rows)| {
            rows.iter().filter(move |it| fault(it).is_none() != (verdict == "taken"))
        });
        assert_eq!(wrong.collect::<Vec<_>>(), [""; 0]);
    }
}
