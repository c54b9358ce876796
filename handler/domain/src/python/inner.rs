//! The names inside classes, and the type parameters of classes, functions and aliases.

use ruff_python_ast::{Stmt, StmtClassDef, TypeParam, TypeParams};
use ruff_text_size::TextSize;

use super::names::{Bound, Names};

impl<'a> Names<'a> {
    /// The names that the body of a class binds and that its annotations may use: not its fields and methods.
    pub(super) fn of_class(class: &'a StmtClassDef) -> Self {
        let mut names = Self::of_variables(class.type_params.as_deref());
        let is_type = |it: &&Stmt| {
            matches!(
                it,
                Stmt::ClassDef(_) | Stmt::Assign(_) | Stmt::Import(_) | Stmt::ImportFrom(_)
            )
        };
        class.body.iter().filter(is_type).for_each(|it| names.statement(it));
        names
    }

    /// `T` of `class Page[T]`, `def etl[T](…)` and `type Pages[T] = …`.
    fn of_variables(parameters: Option<&'a TypeParams>) -> Self {
        let mut names = Self::default();
        let variables = parameters.into_iter().flat_map(|it| &it.type_params);
        for it in variables.filter_map(TypeParam::as_type_var) {
            names.put(it.name.as_str(), Bound::Variable(it));
        }
        names
    }

    /// What is bound in the class, function or alias that begins at `place`.
    pub(super) fn within(&self, place: TextSize) -> Option<&Self> {
        self.inner.get(&place)
    }

    /// Keeps the type parameters of what begins at `place`, if it has any.
    pub(super) fn type_parameters(&mut self, place: TextSize, parameters: Option<&'a TypeParams>) {
        if parameters.is_some() {
            self.inner.insert(place, Self::of_variables(parameters));
        }
    }
}
