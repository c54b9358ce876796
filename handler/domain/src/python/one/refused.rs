//! Classes that pydantic 1 does not let be: their statement raises, so that Prefect takes the file without them.

use ruff_python_ast::StmtClassDef;

use super::marks::{is_below, is_model};
use super::types::Types;
use crate::dialect::Dialect;
use crate::python::annotation::NoSchema;
use crate::python::reference::Texts;
use crate::python::scope::Scope;

/// Why the model `class` of pydantic 1, of the module `home`, cannot be made; `None` where it can be.
pub(in crate::python) fn refused<'a>(
    class: &'a StmtClassDef,
    home: &Scope<'a>,
    dialect: Dialect,
) -> Option<NoSchema> {
    if !is_model(class, home, dialect) {
        return None;
    }
    if is_below(class, home, is_newer, 0) {
        let what = format!("`{}`, which is below models of pydantic 1 and of 2,", class.name);
        return Some(NoSchema::Refused(what));
    }
    let read = Types::new(*home, dialect, Texts::Evaluated).class(class, 0);
    read.err().filter(|it| matches!(it, NoSchema::Refused(_)))
}

/// Whether `dotted` makes a model of pydantic 2 of what inherits it.
fn is_newer(dotted: &str) -> bool {
    ["pydantic.BaseModel", "pydantic.RootModel", "pydantic_settings.BaseSettings"].contains(&dotted)
}
