//! What a run finds: values that are not known, exceptions, faults of the declaration, deployments.

use std::cell::RefCell;
use std::rc::Rc;

use super::limits::MAX_DEPLOYMENTS;
use super::machine::{Machine, Raised, Stop};
use super::prefect::Captured;
use super::unknown::{Spot, Unknown};
use super::value::{Object, Value};
use crate::diagnostic::{Diagnostic, RuleCode};

impl<'a> Machine<'a> {
    /// A value that is not known: `what` is read after "depends on".
    pub(super) fn unknown(&self, what: impl Into<Rc<str>>) -> Value<'a> {
        self.unknown_with(what, "")
    }

    /// A value that is not known, and what to do about it.
    pub(super) fn unknown_with(
        &self,
        what: impl Into<Rc<str>>,
        hint: impl Into<Rc<str>>,
    ) -> Value<'a> {
        let (what, hint) = (what.into(), hint.into());
        Value::Unknown(Rc::new(Unknown { what, hint, name: None, at: self.at }))
    }

    /// An exception of Python's own class `class`.
    pub(super) fn raise<T>(&self, class: &str, message: impl Into<Rc<str>>) -> Result<T, Stop<'a>> {
        self.raise_with(class, message, "")
    }

    /// An exception of Python's own class `class`, and what to do about it when it ends the file.
    pub(super) fn raise_with<T>(
        &self,
        class: &str,
        message: impl Into<Rc<str>>,
        hint: impl Into<Rc<str>>,
    ) -> Result<T, Stop<'a>> {
        let value = Value::Object(Rc::new(Object {
            class: format!("builtins.{class}").into(),
            positional: vec![Value::Text(message.into())],
            fields: RefCell::default(),
            at: self.at,
        }));
        Err(Stop::Raise(Rc::new(Raised { value, hint: hint.into(), at: self.at })))
    }

    /// Notes a fault of the declaration.
    pub(super) fn error(
        &mut self,
        code: impl Into<RuleCode>,
        at: Spot,
        message: String,
        hint: &str,
    ) {
        let diagnostic = Diagnostic::error(code, self.sources.position(at), message);
        let hinted = if hint.is_empty() { diagnostic } else { diagnostic.hint(hint) };
        self.found.push(hinted);
    }

    /// Notes what is probably not meant.
    pub(super) fn warning(
        &mut self,
        code: impl Into<RuleCode>,
        at: Spot,
        message: String,
        hint: &str,
    ) {
        let diagnostic = Diagnostic::warning(code, self.sources.position(at), message);
        let hinted = if hint.is_empty() { diagnostic } else { diagnostic.hint(hint) };
        self.found.push(hinted);
    }

    /// Keeps a deployment that the file registers; of an object that is changed and registered again, the last state.
    pub(super) fn declare(
        &mut self,
        object: &Rc<Object<'a>>,
        it: Captured,
    ) -> Result<(), Stop<'a>> {
        let before = self.registered.iter().position(|other| Rc::ptr_eq(other, object));
        if let Some(before) = before.and_then(|at| self.declared.get_mut(at)) {
            *before = it;
            return Ok(());
        }
        if self.declared.contains(&it) {
            return Ok(());
        }
        if self.declared.len() >= MAX_DEPLOYMENTS {
            return Err(Stop::TooMuch(self.at, "it registers more than 200 deployments"));
        }
        self.declared.push(it);
        self.registered.push(Rc::clone(object));
        Ok(())
    }
}
