//! `TypeVar`, `NewType`, and what else a call makes a type of.

use ruff_python_ast::{Expr, ExprCall};
use ruff_text_size::TextSize;

use super::kind::Type;
use super::types::{Read, Types};
use crate::python::parametric;

impl<'a> Types<'a> {
    /// `T = TypeVar("T")`, `NewType("UserId", int)`, `Name = constr(…)`.
    pub(super) fn made(&mut self, call: &'a ExprCall, depth: usize) -> Read {
        if parametric::is_variable(call, &self.scope) {
            return self.type_variable(call, depth);
        }
        match (self.scope.dotted(&call.func).as_deref(), call.arguments.args.get(1)) {
            (Some("typing.NewType"), Some(base)) => self.read(base, depth + 1),
            _ => self.constrained(call, depth),
        }
    }

    fn type_variable(&mut self, call: &'a ExprCall, depth: usize) -> Read {
        let place = parametric::place(call, &self.scope);
        let limit = call.arguments.find_keyword("bound").map(|it| &it.value);
        let choices: Vec<&Expr> = call.arguments.args.iter().skip(1).collect();
        if choices.is_empty() || limit.is_some() {
            return self.variable(place, limit, depth);
        }
        match self.standing(place, depth) {
            Some(found) => found,
            None => self.union(&choices, depth),
        }
    }

    pub(super) fn variable(
        &mut self,
        place: (usize, TextSize),
        limit: Option<&Expr>,
        depth: usize,
    ) -> Read {
        match (self.standing(place, depth), limit) {
            (Some(found), _) => found,
            (None, Some(limit)) => self.read(limit, depth + 1),
            (None, None) => Ok(Type::Any),
        }
    }

    /// What stands for the variable at `place`.
    fn standing(&mut self, place: (usize, TextSize), depth: usize) -> Option<Read> {
        let it = parametric::bound(&self.bindings, place)?;
        let (argument, scope, outer) = (it.argument.clone(), it.scope, it.outer.clone());
        let bindings = std::mem::replace(&mut self.bindings, outer);
        let around = std::mem::replace(&mut self.scope, scope);
        let found = self.read(&argument, depth + 1);
        (self.bindings, self.scope) = (bindings, around);
        Some(found)
    }
}
