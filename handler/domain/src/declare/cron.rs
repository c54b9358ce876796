//! Which cron strings Prefect's servers accept. Source: croniter's grammar, measured on 3.9.1 and 2.20.27.

/// What is wrong with `cron`, if anything.
pub(super) fn fault(cron: &str) -> Option<String> {
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
        let nth = field.split(',').filter(|it| it.contains('#')).count();
        (nth > 0 && nth < field.split(',').count())
            .then(|| format!("`{field}` mixes days with n-th days (`5#2`)"))
    }

    fn fits(&self, part: &str) -> bool {
        let (range, step) =
            part.split_once('/').map_or((part, None), |(range, step)| (range, Some(step)));
        let stepped = step.is_none_or(|it| it.parse::<u32>().is_ok_and(|it| it > 0));
        stepped && (self.range(range) || self.random(range, step.is_some()))
    }

    /// `R/10` or `R(0-5)`: a random value; a bare `R` is refused by Prefect itself.
    fn random(&self, range: &str, stepped: bool) -> bool {
        let Some(rest) = range.strip_prefix(['R', 'r']) else { return false };
        let inner = rest.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
        (rest.is_empty() && stepped)
            || inner
                .and_then(|it| it.split_once('-'))
                .is_some_and(|(from, to)| self.value(from).is_some() && self.value(to).is_some())
    }

    fn range(&self, range: &str) -> bool {
        let is_day = self.name == "day of month";
        let is_weekday = self.name == "day of week";
        if range == "*"
            || (range == "?" && (is_day || is_weekday))
            || (is_day && range.eq_ignore_ascii_case("l"))
        {
            return true;
        }
        if is_weekday {
            if let Some((day, nth)) = range.split_once('#') {
                return self.value(day).is_some()
                    && nth.parse::<u32>().is_ok_and(|it| (1..=5).contains(&it));
            }
            if let Some(day) = range.strip_prefix(['L', 'l']) {
                return self.value(day).is_some();
            }
        }
        match range.split_once('-') {
            Some((from, to)) => self.value(from).is_some() && self.value(to).is_some(),
            None => self.value(range).is_some(),
        }
    }

    fn value(&self, text: &str) -> Option<u32> {
        let lower = text.to_lowercase();
        if let Some(at) = self.names.iter().position(|it| *it == lower) {
            return u32::try_from(at).ok();
        }
        let digits = text.bytes().all(|it| it.is_ascii_digit());
        text.parse().ok().filter(|it| digits && (self.least..=self.most).contains(it))
    }
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn what_both_servers_accept_is_accepted() {
        for cron in [
            "0 6 * * *",
            "  */15  9-17 * * MON-FRI ",
            "0 0 L * *",
            "0 0 * * 5#2",
            "0 0 ? * 7",
            "@daily",
            "@Daily",
            "0 6 * * * 30",
            "R(0-5)/2 R/4 * * *",
            "0 0 * * 1#2,5#2",
            "0 0 * * 5,L5",
        ] {
            assert_eq!(fault(cron), None, "{cron}");
        }
    }

    #[test]
    fn what_both_servers_refuse_is_refused() {
        for cron in [
            "",
            "* * * *",
            "60 * * * *",
            "@reboot",
            "@weekly ",
            "H * * * *",
            "R R * * *",
            "0 0 15W * *",
            "0 0 * * mon,5#2",
            "0 0 * * 5#2-3",
            "1,2, * * * *",
        ] {
            assert!(fault(cron).is_some(), "{cron}");
        }
    }
}
