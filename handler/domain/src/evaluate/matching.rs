//! `match`.

use ruff_python_ast::{Pattern, PatternMatchClass, PatternMatchMapping, Singleton, StmtMatch};

use super::machine::{Machine, Step, Stop};
use super::scope::ScopeId;
use super::statement::{self, Done};
use super::value::Value;
use super::{attribute, branch, compare, expression, installed, operator};

/// Runs the first case that fits.
pub(super) fn run<'a>(machine: &mut Machine<'a>, it: &'a StmtMatch, scope: ScopeId) -> Done<'a> {
    let subject = expression::value(machine, &it.subject, scope)?;
    for (at, case) in it.cases.iter().enumerate() {
        let mut fits = fits(machine, &case.pattern, &subject, scope)?;
        if let (Some(true), Some(guard)) = (fits, &case.guard) {
            let guard = expression::value(machine, guard, scope)?;
            fits = operator::truth(machine, &guard)?;
        }
        match fits {
            Some(true) => return statement::block(machine, &case.body, scope),
            Some(false) => {}
            None => {
                let rest: Vec<_> = it.cases.iter().skip(at).map(|it| &*it.body).collect();
                let why = match subject.as_unknown() {
                    Some(_) => subject,
                    None => machine.unknown("a pattern"),
                };
                return branch::skipped(machine, &why, &rest, &[], scope);
            }
        }
    }
    Ok(Step::Next)
}

type Fits<'a> = Result<Option<bool>, Stop<'a>>;

fn fits<'a>(
    machine: &mut Machine<'a>,
    pattern: &'a Pattern,
    subject: &Value<'a>,
    scope: ScopeId,
) -> Fits<'a> {
    machine.spend(1)?;
    if subject.as_unknown().is_some() && !matches!(pattern, Pattern::MatchAs(_)) {
        return Ok(None);
    }
    match pattern {
        Pattern::MatchValue(it) => {
            let wanted = expression::value(machine, &it.value, scope)?;
            compare::equal(machine, subject, &wanted)
        }
        Pattern::MatchSingleton(it) => Ok(Some(match it.value {
            Singleton::None => subject.is_none(),
            Singleton::True => matches!(subject, Value::Bool(true)),
            Singleton::False => matches!(subject, Value::Bool(false)),
        })),
        Pattern::MatchSequence(it) => sequence(machine, &it.patterns, subject, scope),
        Pattern::MatchMapping(it) => mapping(machine, it, subject, scope),
        Pattern::MatchClass(it) => object(machine, it, subject, scope),
        Pattern::MatchStar(it) => {
            bind(machine, it.name.as_ref(), subject, scope);
            Ok(Some(true))
        }
        Pattern::MatchAs(it) => {
            let inner = match &it.pattern {
                Some(inner) => fits(machine, inner, subject, scope)?,
                None => Some(true),
            };
            if inner == Some(true) {
                bind(machine, it.name.as_ref(), subject, scope);
            }
            Ok(inner)
        }
        Pattern::MatchOr(it) => {
            for one in &it.patterns {
                match fits(machine, one, subject, scope)? {
                    Some(false) => {}
                    other => return Ok(other),
                }
            }
            Ok(Some(false))
        }
    }
}

fn bind<'a>(
    machine: &mut Machine<'a>,
    name: Option<&'a ruff_python_ast::Identifier>,
    value: &Value<'a>,
    scope: ScopeId,
) {
    if let Some(name) = name {
        machine.scopes.bind(scope, name.as_str(), value.clone());
    }
}

fn sequence<'a>(
    machine: &mut Machine<'a>,
    patterns: &'a [Pattern],
    subject: &Value<'a>,
    scope: ScopeId,
) -> Fits<'a> {
    let mut values = match subject {
        Value::List(it) => it.borrow().clone(),
        Value::Tuple(it) => it.to_vec(),
        _ => return Ok(Some(false)),
    };
    if let Some(at) = patterns.iter().position(Pattern::is_match_star) {
        if values.len() + 1 < patterns.len() {
            return Ok(Some(false));
        }
        let end = at + values.len() + 1 - patterns.len();
        let rest: Vec<Value<'a>> = values.drain(at..end).collect();
        values.insert(at, Value::list(rest));
    } else if values.len() != patterns.len() {
        return Ok(Some(false));
    }
    for (pattern, value) in patterns.iter().zip(&values) {
        match fits(machine, pattern, value, scope)? {
            Some(true) => {}
            other => return Ok(other),
        }
    }
    Ok(Some(true))
}

fn mapping<'a>(
    machine: &mut Machine<'a>,
    it: &'a PatternMatchMapping,
    subject: &Value<'a>,
    scope: ScopeId,
) -> Fits<'a> {
    let Value::Dict(dict) = subject else { return Ok(Some(false)) };
    let mut rest = dict.borrow().clone();
    for (key, pattern) in it.keys.iter().zip(&it.patterns) {
        let key = expression::value(machine, key, scope)?;
        let Some(value) = rest.remove(&key) else { return Ok(Some(false)) };
        match fits(machine, pattern, &value, scope)? {
            Some(true) => {}
            other => return Ok(other),
        }
    }
    bind(machine, it.rest.as_ref(), &Value::dict(rest), scope);
    Ok(Some(true))
}

fn object<'a>(
    machine: &mut Machine<'a>,
    it: &'a PatternMatchClass,
    subject: &Value<'a>,
    scope: ScopeId,
) -> Fits<'a> {
    let class = expression::value(machine, &it.cls, scope)?;
    match installed::is_instance(subject, &class) {
        Some(true) => {}
        other => return Ok(other),
    }
    if let ([only], Some(_)) = (it.arguments.patterns.as_slice(), expression::dotted(&class)) {
        return fits(machine, only, subject, scope);
    }
    if !it.arguments.patterns.is_empty() {
        match places(machine, it, &class, subject, scope)? {
            Some(true) => {}
            other => return Ok(other),
        }
    }
    for one in &it.arguments.keywords {
        if !attribute::has(machine, subject, one.attr.as_str()) {
            return Ok(Some(false));
        }
        let value = attribute::get(machine, subject, one.attr.as_str())?;
        match fits(machine, &one.pattern, &value, scope)? {
            Some(true) => {}
            other => return Ok(other),
        }
    }
    Ok(Some(true))
}

/// The patterns without a name: those of `__match_args__`, or of the fields.
fn places<'a>(
    machine: &mut Machine<'a>,
    it: &'a PatternMatchClass,
    class: &Value<'a>,
    subject: &Value<'a>,
    scope: ScopeId,
) -> Fits<'a> {
    let Value::Class(class) = class else { return Ok(None) };
    let names: Vec<std::rc::Rc<str>> = match class.find(machine, "__match_args__") {
        Some(Value::Tuple(all)) => all.iter().filter_map(|it| it.as_text().cloned()).collect(),
        _ => super::class::fields(machine, class).into_iter().map(|it| it.name).collect(),
    };
    if names.len() < it.arguments.patterns.len() {
        let message = format!("{}() accepts fewer positional sub-patterns", class.name);
        return machine.raise("TypeError", message);
    }
    for (pattern, name) in it.arguments.patterns.iter().zip(&names) {
        let value = attribute::get(machine, subject, name)?;
        match fits(machine, pattern, &value, scope)? {
            Some(true) => {}
            other => return Ok(other),
        }
    }
    Ok(Some(true))
}
