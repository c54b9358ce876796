//! Log records: information to stdout, warnings and errors to stderr, as the Functions host sorts lines by stream.

use std::error::Error;
use std::io::{IsTerminal as _, Stderr, Stdout, Write};

use domain::event::Ignored;
use tracing::{Level, Metadata};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::writer::MakeWriterExt as _;

/// Installs the subscriber: JSON lines for machines, text on a terminal.
pub fn install() {
    let builder = tracing_subscriber::fmt().with_max_level(Level::INFO).with_target(false);
    let installed = if std::io::stderr().is_terminal() {
        let writer = std::io::stderr.with_max_level(Level::WARN).or_else(std::io::stdout);
        builder.with_writer(writer).try_init()
    } else {
        builder.with_writer(Streams).json().flatten_event(true).try_init()
    };
    // a second call in one process (tests) keeps the first subscriber
    drop(installed);
}

/// Installs the subscriber of a command whose stdout is for its answer: all records to stderr, as JSON lines or as text.
pub fn install_on_stderr(json: bool) {
    let builder = tracing_subscriber::fmt().with_max_level(Level::INFO).with_target(false);
    let builder = builder.with_writer(std::io::stderr);
    let colour = std::io::stderr().is_terminal();
    let installed = if json {
        builder.json().flatten_event(true).try_init()
    } else {
        builder.with_ansi(colour).try_init()
    };
    drop(installed);
}

/// Shows a person at a command what takes time: warnings as text on stderr, nothing else.
pub fn install_for_person() {
    let builder = tracing_subscriber::fmt().with_max_level(Level::WARN).with_target(false);
    let colour = std::io::stderr().is_terminal();
    let installed =
        builder.without_time().with_ansi(colour).with_writer(std::io::stderr).try_init();
    drop(installed);
}

/// Counts events that are not ours: one record a reason.
pub fn ignored(events: &Ignored) {
    for (reason, count) in events.iter() {
        tracing::info!(reason, count, "events ignored");
    }
}

/// The stream of each level, for JSON lines.
///
/// The Functions host takes a line of stderr that has "warn" in it, in any case, for a warning, and any other for an error;
/// so an error about `warnings.py` must not have it, and a warning always has it: as its level.
struct Streams;

/// One record on its way.
enum Line {
    Low(Stdout),
    Warning(Stderr),
    Error(Stderr),
}

impl<'a> MakeWriter<'a> for Streams {
    type Writer = Line;

    fn make_writer(&'a self) -> Line {
        Line::Low(std::io::stdout())
    }

    fn make_writer_for(&'a self, about: &Metadata<'_>) -> Line {
        match *about.level() {
            Level::ERROR => Line::Error(std::io::stderr()),
            Level::WARN => Line::Warning(std::io::stderr()),
            _ => Line::Low(std::io::stdout()),
        }
    }
}

impl Write for Line {
    /// Takes the whole record: the subscriber writes one at once.
    fn write(&mut self, record: &[u8]) -> std::io::Result<usize> {
        match self {
            Self::Low(stream) => stream.write_all(record)?,
            Self::Warning(stream) => stream.write_all(record)?,
            Self::Error(stream) => stream.write_all(&without_warn(record))?,
        }
        Ok(record.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Self::Low(stream) => stream.flush(),
            Self::Warning(stream) | Self::Error(stream) => stream.flush(),
        }
    }
}

/// The JSON line `record` with an escape for the second letter of each "warn": a reader of JSON sees the word, the host does
/// not.
fn without_warn(record: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(record.len());
    let mut rest = record;
    while let Some((first, after)) = rest.split_first() {
        out.push(*first);
        rest = after;
        let is_warn = first.eq_ignore_ascii_case(&b'w')
            && after.get(..3).is_some_and(|it| it.eq_ignore_ascii_case(b"arn"));
        if let Some((second, after)) = after.split_first().filter(|_| is_warn) {
            out.extend(format!("\\u{second:04x}").as_bytes());
            rest = after;
        }
    }
    out
}

/// An error with its causes on one line.
pub fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        let line = error.to_string();
        if !text.ends_with(&line) {
            text = format!("{text}: {line}");
        }
        next = error.source();
    }
    text.replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_that_speaks_of_warnings_has_no_warn_for_the_host() {
        let line = r#"{"level":"ERROR","why":"WARNINGS.py: Warn, swarn, war, \\warn"}"#;
        let out = String::from_utf8(without_warn(line.as_bytes())).unwrap();
        assert!(!out.to_lowercase().contains("warn"), "{out}");
        let read = |it: &str| serde_json::from_str::<serde_json::Value>(it).unwrap();
        assert_eq!(read(&out), read(line));
    }
}
