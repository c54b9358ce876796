//! The flows of a file.

use std::fmt::Write as _;

use md5::Digest as _;

use super::function::{self, Function, MAX_NAME};
use super::parse::File;
use super::scope::{Found, Scope};
use super::{
    EvaluatedText, FlowFacts, argument, docstring, maker, partial, running, signature, wrapper,
};
use crate::diagnostic::{Diagnostic, Position, Severity, near_miss, rules};
use crate::dialect::Dialect;

/// Most flows that one message lists.
const MAX_LISTED: usize = 10;

/// Every flow of `file`; one inside a function has that one's place and its own name, and comes last.
pub(super) fn all<'a>(
    file: &'a File<'_>,
    scope: Scope<'a>,
    dialect: Dialect,
    found: &mut Vec<Diagnostic>,
) -> Vec<FlowFacts> {
    let mut functions = function::all(&file.body, scope);
    scope.modules.is_unclear.set(running::is_unclear(&functions, scope));
    let others = running::others(&functions, scope);
    functions.retain(|it| it.settings.is_some());
    functions.extend(others);
    for it in function::inner(&file.body, scope) {
        if it.settings.is_some() && functions.iter().all(|known| known.qualified != it.qualified) {
            functions.push(it);
        }
    }
    functions
        .iter()
        // Prefect 2 loads no method
        .filter(|it| dialect.is_three() || !it.qualified.contains('.'))
        .take_while(|_| scope.budget().next_flow())
        .filter_map(|it| facts(it, dialect, found))
        .collect()
}

/// The flow `name` of `file`.
pub(super) fn one<'a>(
    file: &'a File<'_>,
    scope: Scope<'a>,
    name: &str,
    dialect: Dialect,
    found: &mut Vec<Diagnostic>,
) -> Option<FlowFacts> {
    let functions = function::all(&file.body, scope);
    let here = functions.iter().find(|it| it.qualified == name).cloned();
    let local =
        || name.rsplit_once("<locals>.").and_then(|(_, last)| inner(file, scope, name, last));
    let known = scope.known(name).and_then(|it| it.code.as_ref());
    // of a file that it cannot run, Prefect has what is defined there
    let is_there = here.is_some() || !scope.is_fallback();
    let run = || running::run(name, scope).filter(|_| is_there);
    let read = here.or_else(local).or_else(|| function::elsewhere(name, scope));
    let is_read = read.as_ref().is_some_and(|it| it.settings.is_some())
        && known.is_none_or(|it| !it.is_inside);
    let it = if is_read { read.clone() } else { run().or(read) };
    let Some(it) = it else {
        found.push(missing(file, scope, name, &functions));
        return None;
    };
    if name.contains('.') && !name.contains("<locals>") && !dialect.is_three() {
        let message = format!("Prefect 2 loads no method: `{name}`");
        let hint = "make it a function of the module";
        let at = it.home.file()?.at(&it.def.name);
        found.push(Diagnostic::error("flow-not-found", at, message).hint(hint));
        return None;
    }
    let doubtful = if it.settings.is_none() { running::perhaps(&it, scope) } else { None };
    let it = doubtful.unwrap_or(it);
    if it.settings.is_none() {
        let message = format!("`{name}` is no flow");
        let hint = "put `@flow` above it, from prefect import flow";
        let at = it.home.file()?.at(&it.def.name);
        found.push(Diagnostic::error(rules::NOT_A_FLOW, at, message).hint(hint));
        return None;
    }
    facts(&it, dialect, found)
}

/// The function `last` inside another one, called `name` as Python does.
fn inner<'a>(file: &'a File<'_>, scope: Scope<'a>, name: &str, last: &str) -> Option<Function<'a>> {
    let mut all = function::inner(&file.body, scope).into_iter();
    let it = all.find(|it| it.qualified == last)?;
    Some(Function { qualified: name.to_owned(), ..it })
}

fn missing(
    file: &File<'_>,
    scope: Scope<'_>,
    name: &str,
    functions: &[Function<'_>],
) -> Diagnostic {
    if let Some(Found::Outside(from)) = scope.whole().find(name)
        && from.contains('.')
    {
        let message = format!("{} imports `{from}`, which the bundle does not have", file.path);
        let hint = "name the file of the bundle that defines the flow";
        let at = Position::start_of(&file.path);
        return Diagnostic::error(rules::FLOW_NOT_FOUND, at, message).hint(hint);
    }
    let flows: Vec<&str> = functions
        .iter()
        .filter(|it| it.settings.is_some())
        .map(|it| it.qualified.as_str())
        .collect();
    let message = format!("{} has no function `{name}`", file.path);
    let diagnostic =
        Diagnostic::error(rules::FLOW_NOT_FOUND, Position::start_of(&file.path), message);
    let known = listed(&flows);
    match near_flow(name, &flows) {
        _ if flows.is_empty() => diagnostic.hint("the file has no flow"),
        Some(near) if flows.len() == 1 => diagnostic.hint(format!("did you mean `{near}`?")),
        Some(near) => diagnostic.hint(format!("did you mean `{near}`? its flows are: {known}")),
        None => diagnostic.hint(format!("its flows are: {known}")),
    }
}

/// The flow that `name` was probably meant to be: its registered name has `-` for `_`, a method lacks its class.
fn near_flow<'a>(name: &str, flows: &[&'a str]) -> Option<&'a str> {
    if name.len() > MAX_NAME {
        return None;
    }
    let plain = name.replace('-', "_");
    let last = |it: &str| it.rsplit('.').next() == Some(plain.as_str());
    let exact = flows.iter().copied().find(|it| *it == plain);
    exact
        .or_else(|| flows.iter().copied().find(|it| last(it)))
        .or_else(|| near_miss(name, flows.iter().copied()))
}

/// The first of `flows`, and how many more there are.
fn listed(flows: &[&str]) -> String {
    let shown: Vec<&str> = flows.iter().copied().take(MAX_LISTED).collect();
    let more = flows.len().saturating_sub(MAX_LISTED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

fn facts(
    function: &Function<'_>,
    dialect: Dialect,
    found: &mut Vec<Diagnostic>,
) -> Option<FlowFacts> {
    let (scope, def, before) = (function.home, function.def, found.len());
    let known = scope.known(&function.qualified);
    let file = scope.file()?;
    let below = function::below(def, scope);
    let is_read = !function.is_inner && function.run.is_none();
    let told = wrapper::described(def, scope, if is_read { below } else { &[] });
    // Prefect takes an empty text for none
    let mut argument =
        |name: &str| argument::text(function, known, name, found).filter(|it| !it.is_empty());
    let name = argument("name").unwrap_or_else(|| told.def.name.as_str().replace('_', "-"));
    let is_silent = known.is_some_and(|it| it.description == EvaluatedText::Absent);
    let own = || docstring::of(&told.def.body).filter(|_| !is_silent);
    let description = argument("description").or_else(own);
    let version = argument("version");
    let code = function.run.unwrap_or(told.code);
    let version = version.or_else(|| Some(code.file()?.version().to_owned()))?;
    let at = file.at(&def.name);
    if name.contains(['/', '%', '&', '>', '<']) {
        let message = format!("a flow's name must not have `/`, `%`, `&`, `>` or `<`: `{name}`");
        found.push(Diagnostic::error(rules::FLOW_NAME, at.clone(), message));
    }
    if let Some((decorator, dotted)) = maker::by_name(def, scope) {
        let message =
            format!("`{dotted}` is not in the bundle; it is taken for the `@flow` of Prefect");
        let hint = "put its module into the bundle: what it adds to the flow is not known";
        let at = file.at(decorator);
        found.push(Diagnostic::warning(rules::FOREIGN_FLOW, at, message).hint(hint));
    }
    if let Some(decorator) = function.doubt {
        let message = "whether this decorator makes a flow is not known; it is taken for `@flow`";
        let hint = "let it hand on all that it is given to `flow`";
        let at = file.at(decorator);
        found.push(Diagnostic::warning(rules::UNREAD_DECORATOR, at, message).hint(hint));
    }
    if let Some(decorator) = told.unread {
        let message = "what this decorator makes of the flow is not known; it is taken to keep its parameters";
        let hint = "put `@functools.wraps` above the function that it gives";
        let at = file.at(decorator);
        found.push(Diagnostic::warning(rules::UNREAD_DECORATOR, at, message).hint(hint));
    }
    let is_partial =
        function.run.is_none() && partial::is_partial(&function.qualified, def, &scope);
    let how = (dialect, known, is_partial);
    let (def, home) = (told.def, told.home);
    let own = def.type_params.as_ref().map(|_| home.inside(def.range.start()));
    let file = home.file()?;
    let parameter_openapi_schema = signature::schema(file, own.unwrap_or(home), def, how, found)?;
    let mut new = found.iter().skip(before);
    if new.any(|it| it.severity == Severity::Error) {
        return None;
    }
    let function = function.qualified.clone();
    Some(FlowFacts { function, name, description, version, parameter_openapi_schema, at })
}

/// The version of the flows of a file: the MD5 of its bytes, 32 hex digits.
pub(crate) fn file_version(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(32);
    for byte in md5::Md5::digest(bytes) {
        let _infallible = write!(out, "{byte:02x}");
    }
    out
}
