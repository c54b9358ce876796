//! Log records: information to stdout, warnings and errors to stderr, as the Functions host sorts lines by stream.

use std::error::Error;
use std::io::IsTerminal as _;

use tracing::Level;
use tracing_subscriber::fmt::writer::MakeWriterExt as _;

/// Installs the subscriber: JSON lines for machines, text on a terminal.
///
/// The host takes every line of stderr for an error unless it contains "warn", so errors must not contain that word, and
/// everything below a warning goes to stdout.
pub fn install() {
    let low =
        std::io::stdout.with_min_level(Level::INFO).with_filter(|it| *it.level() > Level::WARN);
    let writer = std::io::stderr.with_max_level(Level::WARN).or_else(low);
    let builder = tracing_subscriber::fmt()
        .with_max_level(Level::INFO)
        .with_writer(writer)
        .with_target(false);
    let installed = if std::io::stderr().is_terminal() {
        builder.try_init()
    } else {
        builder.json().flatten_event(true).try_init()
    };
    // a second call in one process (tests) keeps the first subscriber
    drop(installed);
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
