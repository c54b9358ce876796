//! A module as Prefect has it alone, and as it is with everything that it imports.

use ruff_python_ast::Expr;
use ruff_text_size::Ranged as _;

use super::collection::size;
use super::default::Evaluated;
use super::free;
use super::modules::is_always_installed;
use super::names::Names;
use super::scope::Scope;
use super::search::{Search, ancestor};

impl<'a> Scope<'a> {
    /// The same module, if everything that is imported were installed.
    pub(super) fn whole(&self) -> Self {
        Self { is_whole: true, ..*self }
    }

    /// Whether Prefect cannot run this module, and takes of it what can be had without.
    pub(super) fn is_fallback(&self) -> bool {
        self.at == 0 && !self.is_whole && self.modules.fails(0)
    }

    /// Whether Prefect 2 runs this module as a script, to which it gives a name of its own.
    pub(super) fn is_script_of_2(&self) -> bool {
        let alone = self.modules.alone.filter(|_| self.at == 0 && !self.is_fallback());
        alone.is_some_and(|it| !it.dialect.is_three())
    }

    /// What this module binds.
    pub(super) fn names(&self) -> Option<&'a Names<'a>> {
        if self.is_whole { self.modules.whole_names(self.at) } else { self.modules.names(self.at) }
    }

    /// The module of the first `count` parts of `target`, if it can be imported.
    pub(super) fn module_of(&self, target: &str, count: usize) -> Option<usize> {
        let found = self.modules.find(self.at, target, count)?;
        (found == 0 || self.is_whole || !self.modules.fails(found)).then_some(found)
    }

    /// What the relative import `target` of this module is called from the root of the bundle, where other modules can look
    /// for it; `None` when it is not relative, or nothing of the bundle.
    pub(super) fn absolute(&self, target: &str) -> Option<String> {
        let bare = target.trim_start_matches('.');
        let level = target.len() - bare.len();
        let folder =
            ancestor(&self.file()?.path, level).filter(|it| level > 0 && !it.is_empty())?;
        let is_there = self.module_of(target, usize::MAX).is_some()
            || self.modules.has_folder(self.at, target, Search::Any);
        let name = format!("{}.{bare}", folder.replace('/', "."));
        (is_there && !is_always_installed(&name)).then_some(name)
    }

    /// Whether `name` means something in this module, which Prefect does not run.
    pub(super) fn may_bind(&self, name: &str) -> bool {
        self.names().is_some_and(|it| it.may_bind(name))
    }

    /// Whether only running this module tells if `value` is the last one that its name has.
    pub(super) fn is_unsure(&self, value: &Expr) -> bool {
        self.names().is_some_and(|it| it.unsure.contains(&value.start()))
    }

    /// What running `expr` gives, of which nothing else is known.
    pub(super) fn run(&self, expr: &Expr) -> Evaluated {
        let own = |name: &str| self.class.is_some_and(|it| it.get(name).is_some());
        match self.file() {
            Some(file) if !self.is_text && !free::of_expr(expr).into_iter().any(own) => {
                let asked = (file.path.clone(), expr.start(), expr.end());
                let answer = self.modules.questions.answer(asked);
                let units = match &answer {
                    Evaluated::Json(it) | Evaluated::Shown(it) => size(it),
                    _ => 1,
                };
                if self.budget().spend(units) { answer } else { Evaluated::Unknown }
            }
            _ => Evaluated::Unknown,
        }
    }
}
