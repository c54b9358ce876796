//! A command that ends without its answer: the same shape as a finding, and its exit code.

use clap::error::ErrorKind;
use domain::diagnostic::{Diagnostic, Position, Rule, rules};
use domain::plan::Step;
use domain::tree::Tree;
use serde_json::Value;

use super::args::Output;
use super::output::Files;
use super::{Exit, output};
use crate::config::ConfigFaults;
use crate::prefect::ApiError;
use crate::reconcile::Verdict;

/// An argument that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(super) struct Usage {
    pub(super) message: String,
    /// What to do.
    pub(super) hint: String,
}

/// Tells why there is no answer: as a document on stdout with an empty `list`, an annotation, or for people on stderr.
pub(super) fn tell(error: &anyhow::Error, output: Output, list: Option<&str>) -> Exit {
    let found = diagnostic(error);
    if output == Output::Text {
        let hint = found.hint.map(|it| format!("\nhint: {it}")).unwrap_or_default();
        eprintln!("error: {}{hint}", found.message);
    } else {
        show(found, output, list);
    }
    exit_of(error)
}

/// Tells what the parser of the arguments has to say; help and version are answers.
pub(super) fn tell_parser(error: &clap::Error, output: Output, list: Option<&str>) -> Exit {
    let is_answer = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    if is_answer || output == Output::Text {
        // a reader that has gone is no error
        drop(error.print());
    } else {
        show(of_parser(&error.render().to_string()), output, list);
    }
    if is_answer { Exit::Ok } else { Exit::Usage }
}

fn show(found: Diagnostic, output: Output, list: Option<&str>) {
    let empty = list.map(|it| (it.to_owned(), Value::Array(Vec::new())));
    let shown = match output {
        Output::Json => output::json(empty.into_iter().collect(), &[found]),
        Output::Github | Output::Sarif | Output::Text => {
            output::diagnostics(&[found], &Files::apart(&Tree::default()), output);
            Ok(())
        }
    };
    if let Err(error) = shown {
        eprintln!("error: {error:#}");
    }
}

fn diagnostic(error: &anyhow::Error) -> Diagnostic {
    let found = Diagnostic::error(code(error), no_file(), format!("{error:#}"));
    match error.downcast_ref::<Usage>() {
        Some(Usage { hint, .. }) => found.hint(hint),
        None => found,
    }
}

fn code(error: &anyhow::Error) -> &'static Rule {
    match error.downcast_ref() {
        Some(ApiError::Denied { .. }) => rules::NOT_AUTHORISED,
        Some(ApiError::Unavailable { .. }) => rules::NOT_AVAILABLE,
        _ if error.is::<Usage>() => rules::USAGE,
        _ if error.is::<ConfigFaults>() => rules::SETTINGS,
        _ => rules::NOT_POSSIBLE,
    }
}

/// What stopped a step of a plan.
pub(super) fn of_step(code: &'static Rule, step: &Step, why: &str) -> Diagnostic {
    Diagnostic::error(code, no_file(), format!("{} {}: {why}", step.kind, step.name))
}

/// Why a pass did not end well; each bundle's receipt says more.
pub(super) fn of_verdict(verdict: &Verdict) -> Vec<Diagnostic> {
    match verdict {
        Verdict::Done(_) | Verdict::Busy(_) => Vec::new(),
        Verdict::Person(_, why) | Verdict::Later(why) | Verdict::Deferred(why) => {
            vec![Diagnostic::error(rules::NOT_DONE, no_file(), why.clone())]
        }
    }
}

/// Such an error is about no file of the bundle.
fn no_file() -> Position {
    Position::start_of("")
}

/// The parser's text: a paragraph with the fault, perhaps one with a tip, the usage.
fn of_parser(text: &str) -> Diagnostic {
    let mut paragraphs = text.split("\n\n").map(one_line);
    let fault = paragraphs.next().unwrap_or_default();
    let found =
        Diagnostic::error(rules::USAGE, no_file(), fault.trim_start_matches("error: ").to_owned());
    match paragraphs.next() {
        Some(hint) => found.hint(hint.trim_start_matches("tip: ").to_owned()),
        None => found,
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn exit_of(error: &anyhow::Error) -> Exit {
    match error.downcast_ref::<ApiError>() {
        Some(ApiError::Denied { .. }) => Exit::Denied,
        Some(ApiError::Unavailable { .. }) => Exit::Timeout,
        _ if error.is::<Usage>() => Exit::Usage,
        _ => Exit::Error,
    }
}
