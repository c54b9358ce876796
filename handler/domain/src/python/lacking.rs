//! Which package is not installed, where that is why Prefect does not know a name.

use ruff_python_ast::Expr;

use super::free;
use super::modules::Modules;
use super::names::Bound;
use super::scope::{Found, Scope};
use crate::diagnostic::Diagnostic;
use crate::dotted::first;

/// Most names of an expression that are looked up.
const MAX_NAMES: usize = 20;

/// Longest name of a package, and of what is imported from one, that is worth telling.
const MAX_NAME: usize = 100;

impl Modules<'_> {
    /// The package of the module `dotted`, as the module `at` imports it, if that is not installed.
    pub(super) fn lacking<'d>(&self, at: usize, dotted: &'d str) -> Option<&'d str> {
        let is_own = dotted.starts_with('.')
            || self.find(at, dotted, 1).is_some()
            || self.is_elsewhere(dotted);
        let package = first(dotted);
        (!is_own && package.len() <= MAX_NAME && !self.is_installed(dotted)).then_some(package)
    }
}

impl Scope<'_> {
    /// `finding`, that `expr` is not known, with what to do where it is for want of a package.
    pub(super) fn explained(&self, finding: Diagnostic, expr: &Expr) -> Diagnostic {
        let Some(package) = self.lacking(expr) else { return finding };
        let why = format!("`{package}` is not installed where Prefect reads this file");
        finding.hint(format!("{why}: name its package in requirements.txt"))
    }

    /// The package that is not installed, so that Prefect does not know a name of `expr`.
    fn lacking(&self, expr: &Expr) -> Option<String> {
        let whole = self.whole();
        let is_short = |name: &&str| match whole.names().and_then(|it| it.get(name)) {
            Some(Bound::Import(target)) => target.len() <= MAX_NAME,
            _ => name.len() <= MAX_NAME,
        };
        let names = free::of_expr(expr).into_iter().filter(is_short);
        let of_name = names.take(MAX_NAMES).find_map(|name| match whole.find(name)? {
            Found::Here(there, _) => self.modules.missing(there.module()).map(str::to_owned),
            Found::Outside(dotted) => {
                self.modules.lacking(self.module(), &dotted).map(str::to_owned)
            }
        });
        let of_file = || self.is_fallback().then(|| self.modules.missing(0)).flatten();
        of_name.or_else(|| of_file().map(str::to_owned))
    }
}
