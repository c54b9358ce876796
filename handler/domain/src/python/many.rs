//! The flows of many files, some of them at once.

use super::{FlowFacts, Reader, Reading};
use crate::diagnostic::Diagnostic;
use crate::stack;
use crate::tree::Tree;

/// How many files are read at once, however many cores there are: the same bundle is read the same everywhere.
const PARTS: usize = 4;

/// The flows of a file, and what is told of them.
pub type Told = (Vec<FlowFacts>, Vec<Diagnostic>);

/// The flows of each of `paths`, in their order; with a `function`, that one of each. `None` when no thread is to be had.
pub fn flows_of(
    tree: &Tree,
    reading: &Reading,
    paths: &[&str],
    function: Option<&str>,
) -> Option<Vec<Told>> {
    let part = |paths: &[&str]| {
        let mut reader = Reader::new(tree, reading);
        paths.iter().map(|it| of_file(&mut reader, it, function)).collect::<Vec<Told>>()
    };
    // files that import the same ones are beside each other
    let parts = paths.chunks(paths.len().div_ceil(PARTS).max(1));
    let read = stack::in_rooms(parts.map(|it| move || part(it)))?;
    Some(read.into_iter().flatten().collect())
}

fn of_file(reader: &mut Reader<'_>, path: &str, function: Option<&str>) -> Told {
    let Some(function) = function else { return reader.flows(path) };
    let (flow, found) = reader.flow(path, function);
    (flow.into_iter().collect(), found)
}
