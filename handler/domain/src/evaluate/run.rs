//! One declaration file, from its first statement to its end.

use ruff_text_size::TextSize;

use super::machine::{Machine, Stop};
use super::sources::Sources;
use super::unknown::Spot;
use super::{Settings, exception, import};
use crate::diagnostic::Diagnostic;

/// What the file `path` declares, as far as it was captured, and what is wrong with it.
pub(crate) fn run<'a>(
    sources: &'a Sources<'a>,
    path: &str,
    settings: &'a Settings,
) -> Vec<Diagnostic> {
    let Some(main) = sources.find(path) else { return Vec::new() };
    let mut machine = Machine::new(sources, settings, main);
    machine.found.extend(sources.faults(main).iter().cloned());
    let start = Spot { file: main, offset: TextSize::new(0) };
    machine.at = start;
    if let Err(stop) = import::main(&mut machine) {
        stopped(&mut machine, stop);
    }
    machine.found
}

/// The file ends before its last statement.
pub(super) fn stopped<'a>(machine: &mut Machine<'a>, stop: Stop<'a>) {
    match stop {
        Stop::TooMuch(at, what) => {
            let hint = "declare the deployments more plainly, or in a prefect.yaml";
            machine.error(
                "too-complex",
                at,
                format!("this file cannot be evaluated: {what}"),
                hint,
            );
        }
        Stop::Raise(raised) => {
            let shown = exception::shown(&raised.value);
            if shown.as_str() == "SystemExit: 0" {
            } else {
                let message = format!("this file ends with an exception: {shown}");
                machine.error("python-exception", raised.at, message, "");
            }
        }
    }
}
