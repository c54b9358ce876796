//! The values of arguments that have a form; what is wrong with one is told by the parser of the arguments.

use clap::ValueEnum as _;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use domain::dialect::{Dialect, Unsupported};
use domain::names::{BundleId, NameError, SourceRoot};
use domain::secret::SecretName;

use super::args::Output;

/// The version that is meant where none is given.
pub(super) const PREFECT: &str = "3.9";

/// How all commands but `check` can answer.
pub(super) fn output() -> impl TypedValueParser<Value = Output> {
    let all = Output::value_variants().iter().filter(|it| **it != Output::Sarif);
    let all: Vec<_> = all.filter_map(Output::to_possible_value).collect();
    PossibleValuesParser::new(all).try_map(|it| Output::from_str(&it, false))
}

pub(super) fn bundle(text: &str) -> Result<BundleId, NameError> {
    BundleId::new(text)
}

/// A version; `2` and `3` are the last of them that the profiles are measured with.
pub(super) fn dialect(text: &str) -> Result<Dialect, Unsupported> {
    Dialect::new(match text {
        "2" => "2.20",
        "3" => PREFECT,
        version => version,
    })
}

pub(super) fn source_root(text: &str) -> Result<SourceRoot, NameError> {
    SourceRoot::new(text)
}

pub(super) fn folder(text: &str) -> Result<String, &'static str> {
    let is_one = !text.is_empty() && !text.contains(['/', '\\']);
    is_one.then(|| text.to_owned()).ok_or("it must be the name of one folder")
}

pub(super) fn overlay(text: &str) -> Result<String, &'static str> {
    let is_one = !text.is_empty() && !text.starts_with('.') && !text.contains(['/', '\\']);
    is_one
        .then(|| text.to_owned())
        .ok_or("it must be the name of a file in overlays/, without its ending")
}

pub(super) fn time(text: &str) -> Result<jiff::Timestamp, &'static str> {
    text.parse().ok().ok_or("it must be RFC 3339, such as 2026-01-31T06:00:00Z")
}

/// `NAME=VALUE`; the value may be empty.
pub(super) fn variable(text: &str) -> Result<(String, String), &'static str> {
    let pair = text.split_once('=').filter(|(name, _)| !name.is_empty());
    let (name, value) = pair.ok_or("it must be NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

pub(super) fn secret(text: &str) -> Result<SecretName, NameError> {
    SecretName::new(text)
}
