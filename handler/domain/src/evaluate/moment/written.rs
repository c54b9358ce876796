//! Dates as people write them: `dateutil.parser.parse`, where day, month and year are all there.

use jiff::civil;

use super::Moment;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The date and time of a text: `5 May 2024 10:00`, `May 5th, 2024`, `12/31/2024 8:15 pm`; a naive one.
pub(super) fn read(text: &str) -> Option<Moment> {
    let mut parts = Parts::default();
    for word in text.split([' ', ',']).filter(|it| !it.is_empty()) {
        parts.take(word)?;
    }
    parts.date()
}

#[derive(Debug, Default)]
struct Parts {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    time: Option<civil::Time>,
}

impl Parts {
    /// Takes what a word says; `None` when it says nothing that is read here.
    fn take(&mut self, word: &str) -> Option<()> {
        let small = word.to_lowercase();
        if let Some(hours) = after_noon(&small) {
            self.time = Some(moved(self.time?, hours)?);
        } else if let Some(month) = month(&small) {
            self.month = Some(month);
        } else if let Some(time) = clock(&small) {
            self.time = Some(time);
        } else if small.contains('/') {
            self.slashes(&small)?;
        } else {
            self.number(small.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']))?;
        }
        Some(())
    }

    /// `12/31/2024`: the month first, unless it can be none.
    fn slashes(&mut self, word: &str) -> Option<()> {
        let mut all = word.split('/').map(|it| it.parse::<i16>().ok());
        let (first, second, year) = (all.next()??, all.next()??, all.next()??);
        let (month, day) = if first > 12 { (second, first) } else { (first, second) };
        self.month = i8::try_from(month).ok();
        self.day = i8::try_from(day).ok();
        self.year = Some(year).filter(|it| *it > 99);
        Some(())
    }

    fn number(&mut self, word: &str) -> Option<()> {
        match (word.len(), word.parse::<i16>().ok()?) {
            (4, year) => self.year = Some(year),
            (1 | 2, day) => self.day = i8::try_from(day).ok(),
            _ => return None,
        }
        Some(())
    }

    fn date(self) -> Option<Moment> {
        let date = civil::Date::new(self.year?, self.month?, self.day?).ok()?;
        let time = self.time.unwrap_or_else(civil::Time::midnight);
        Some(Moment::DateTime(date.to_datetime(time), None))
    }
}

fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.');
    let start = word.get(..3).filter(|_| word.bytes().all(|it| it.is_ascii_alphabetic()))?;
    let at = MONTHS.iter().position(|it| *it == start)?;
    i8::try_from(at + 1).ok()
}

/// `8:15`, `08:15:30`, `8:15pm`
fn clock(word: &str) -> Option<civil::Time> {
    let end = word.find(|it: char| it.is_ascii_alphabetic()).unwrap_or(word.len());
    let (digits, half) = word.split_at(end);
    let mut all = digits.split(':').map(|it| it.parse::<i8>().ok());
    let (hour, minute) = (all.next()??, all.next()??);
    let second = all.next().unwrap_or(Some(0))?;
    let time = civil::Time::new(hour, minute, second, 0).ok()?;
    if half.is_empty() { Some(time) } else { moved(time, after_noon(half)?) }
}

/// The hours that `am` and `pm` add.
fn after_noon(word: &str) -> Option<i8> {
    match word {
        "am" => Some(0),
        "pm" => Some(12),
        _ => None,
    }
}

fn moved(time: civil::Time, hours: i8) -> Option<civil::Time> {
    let hour = time.hour() % 12 + hours;
    civil::Time::new(hour, time.minute(), time.second(), 0).ok()
}
