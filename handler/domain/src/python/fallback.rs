//! What Prefect takes of a file that it cannot run: imports, classes, functions and constants of the top level.
//!
//! Source: `safe_load_namespace` of Prefect 2.20 and 3.9.

use ruff_python_ast::{Stmt, StmtImport, StmtImportFrom};

use super::free;
use super::importing::{Imported, joined};
use super::loading::Walk;
use super::names::{Names, source};

impl<'a> Walk<'_, 'a> {
    /// The names of the first module: imports come first wherever they are, and what raises is left out.
    pub(super) fn fallback(&mut self) -> Names<'a> {
        let mut names = Names::default();
        let Some(file) = self.modules.file(0) else { return names };
        self.search = self.modules.fallback_search(self.dialect);
        for stmt in &file.body {
            match stmt {
                Stmt::Import(it) => self.take_import(it, &mut names),
                Stmt::ImportFrom(it) => self.take_from(it, &mut names),
                _ => {}
            }
        }
        for stmt in &file.body {
            let is_taken = match stmt {
                Stmt::FunctionDef(it) => {
                    names.functions.insert(it.name.as_str(), it);
                    !it.is_async
                }
                Stmt::ClassDef(_) | Stmt::Assign(_) => true,
                _ => false,
            };
            if is_taken && free::of(stmt).iter().all(|it| names.may_bind(it)) {
                names.statement(stmt);
            }
        }
        names
    }

    /// Of `import a.b` nothing can be named, of `import a.b as c` the module `a.b`.
    fn take_import(&mut self, it: &'a StmtImport, names: &mut Names<'a>) {
        for alias in &it.names {
            let full = alias.name.as_str();
            let name = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
            if self.module(0, full).is_some() && !name.contains('.') {
                names.put_import(name, full.to_owned());
            }
        }
    }

    fn take_from(&mut self, it: &'a StmtImportFrom, names: &mut Names<'a>) {
        let from = source(it);
        let Some(module) = self.module(0, &from) else { return };
        for alias in &it.names {
            let name = alias.name.as_str();
            if name == "*" {
                names.stars.push(from.clone());
                continue;
            }
            let bound = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
            if self.has_attribute(0, (module, &from), name) {
                names.put_import(bound, joined(&from, name));
            } else if module == Imported::Installed {
                // Prefect raises what ends the whole statement
                return;
            }
        }
    }
}
