//! `class Config` of a model.

use ruff_python_ast::{Expr, Stmt, StmtClassDef};

use super::record::Record;
use super::scope::Scope;

/// Methods that pydantic 1 asks for what a schema has.
const ASKED: [&str; 4] = ["schema_extra", "alias_generator", "get_field_info", "prepare_field"];

/// Takes in what `class` says, which stands in the body `scope` of the model.
///
/// # Errors
/// The name of what is only known by running it.
pub(super) fn read<'a>(
    class: &'a StmtClassDef,
    scope: &Scope<'a>,
    record: &mut Record<'a>,
) -> Result<(), &'a str> {
    for base in class.arguments.iter().flat_map(|it| it.args.iter().rev()) {
        if let Some((home, parent)) = scope.class(base).filter(|_| scope.step()) {
            read(parent, &home, record)?;
        }
    }
    for stmt in &class.body {
        let (target, value) = match stmt {
            Stmt::Assign(it) => (it.targets.first(), &*it.value),
            Stmt::AnnAssign(it) => match &it.value {
                Some(value) if scope.is_one => (Some(&*it.target), &**value),
                _ => continue,
            },
            Stmt::FunctionDef(it) if scope.is_one && ASKED.contains(&it.name.as_str()) => {
                return Err(it.name.as_str());
            }
            _ => continue,
        };
        if let Some(name) = target.and_then(Expr::as_name_expr) {
            record.config.insert(0, (name.id.as_str(), value, *scope));
        }
    }
    Ok(())
}
