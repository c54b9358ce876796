//! `importlib.metadata`: the versions of what is installed.

use super::Made;
use crate::evaluate::call::Args;
use crate::evaluate::machine::Machine;
use crate::evaluate::optional;
use crate::evaluate::value::Value;
use crate::python::packages::normal;

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    if !matches!(dotted, "importlib.metadata.version" | "importlib_metadata.version") {
        return Ok(None);
    }
    let Some(name) = args.text("distribution_name", 0) else {
        return Ok(Some(machine.unknown("the version of a package")));
    };
    if &*name == "prefect" {
        return Ok(Some(Value::text(machine.settings.dialect.version().to_string())));
    }
    if let Some(version) = own(machine, &name) {
        return Ok(Some(Value::text(version)));
    }
    optional::distribution(machine, &name)?;
    Ok(Some(machine.unknown(format!("the version of the package `{name}`"))))
}

/// The version of a project of the bundle: where its files are run, it is installed.
fn own(machine: &Machine<'_>, name: &str) -> Option<String> {
    let tree = machine.sources.tree();
    let is_project = |it: &&str| it.rsplit('/').next() == Some("pyproject.toml");
    let mut all = tree.paths().filter(is_project).filter_map(|it| tree.text(it));
    all.find_map(|text| {
        let table: toml::Table = text.parse().ok()?;
        let poetry = || table.get("tool")?.get("poetry");
        let project = table.get("project").or_else(poetry)?;
        let text = |key: &str| project.get(key).and_then(toml::Value::as_str);
        (normal(text("name")?) == normal(name)).then(|| text("version").map(str::to_owned))?
    })
}
