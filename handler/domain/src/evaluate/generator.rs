//! Generators: what they yield, all of it.

use std::rc::Rc;

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, Stmt};

use super::call::Args;
use super::function::{Code, Function, enter};
use super::machine::{Machine, Stop};
use super::statement;
use super::value::Value;

/// What a generator yields, all of it.
pub(super) fn yielded<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Function<'a>>,
    args: Args<'a>,
) -> Result<Vec<Value<'a>>, Stop<'a>> {
    let Code::Def(def) = it.code else { return Ok(Vec::new()) };
    let scope = enter(machine, it, args)?;
    machine.called(|machine| statement::body(machine, &def.body, scope))?;
    let yielded = machine.scopes.get_mut(scope).map(|it| std::mem::take(&mut it.yielded));
    Ok(yielded.unwrap_or_default())
}

/// Whether these statements are of a generator.
pub(super) fn yields(body: &[Stmt]) -> bool {
    #[derive(Default)]
    struct Search(bool);
    impl<'a> Visitor<'a> for Search {
        fn visit_stmt(&mut self, it: &'a Stmt) {
            if !self.0 && !matches!(it, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
                walk_stmt(self, it);
            }
        }

        fn visit_expr(&mut self, it: &'a Expr) {
            self.0 |= matches!(it, Expr::Yield(_) | Expr::YieldFrom(_));
            if !self.0 && !matches!(it, Expr::Lambda(_)) {
                walk_expr(self, it);
            }
        }
    }
    let mut search = Search::default();
    for it in body {
        search.visit_stmt(it);
    }
    search.0
}
