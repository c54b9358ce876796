//! The texts of a flow: those that it is made with, and those of its function.

use super::flows::is_shown;
use super::function::Function;
use super::methods;
use super::prefect::Flow;
use super::value::Value;
use crate::python::{EvaluatedFlow, EvaluatedText, clean_docstring};

/// The text `name` that `it` is made with.
pub(super) fn of(it: &Flow<'_>, name: &str) -> EvaluatedText {
    match it.setting(name) {
        None if it.is_open() => EvaluatedText::Unknown,
        None => EvaluatedText::Unsaid,
        Some(it) => match it.as_text().filter(|it| is_shown(it)) {
            Some(it) => EvaluatedText::Said(it.to_string()),
            None => EvaluatedText::Unknown,
        },
    }
}

/// Gives what is not said for the flow the name and the docstring that were set on its function `outer`, if they are others
/// than those of `function`, which it stands for.
pub(super) fn say_changed(out: &mut EvaluatedFlow, outer: &Function<'_>, function: &Function<'_>) {
    let fields = outer.fields.borrow();
    if out.name == EvaluatedText::Unsaid {
        out.name = match fields.get("__name__") {
            Some(Value::Text(it)) if *it == function.name => EvaluatedText::Unsaid,
            Some(Value::Text(it)) => EvaluatedText::Said(it.replace('_', "-")),
            Some(_) => EvaluatedText::Unknown,
            None => EvaluatedText::Unsaid,
        };
    }
    if out.description == EvaluatedText::Unsaid {
        let own = methods::doc(function.body());
        out.description = match (fields.get("__doc__"), own.as_text()) {
            (Some(Value::Text(it)), Some(own)) if *it == *own => EvaluatedText::Unsaid,
            (Some(Value::Text(it)), _) if !it.trim().is_empty() => {
                EvaluatedText::Said(clean_docstring(it))
            }
            (Some(Value::None | Value::Text(_)), _) => EvaluatedText::Absent,
            (Some(_), _) => EvaluatedText::Unknown,
            (None, _) => EvaluatedText::Unsaid,
        };
    }
}

/// Gives what is not said for the flow the name and the description that `function` has itself.
pub(super) fn say_own(out: &mut EvaluatedFlow, function: &Function<'_>) {
    if out.name == EvaluatedText::Unsaid {
        out.name = EvaluatedText::Said(function.name.replace('_', "-"));
    }
    if out.description == EvaluatedText::Unsaid {
        out.description = match methods::doc(function.body()) {
            Value::Text(it) => EvaluatedText::Said(clean_docstring(&it)),
            _ => EvaluatedText::Absent,
        };
    }
}
