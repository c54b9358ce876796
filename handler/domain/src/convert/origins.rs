//! Which names of a file come from Prefect, and which of them only Prefect 1 has.

use std::collections::BTreeMap;

use ruff_python_ast::{Alias, Expr, ExprAttribute, Identifier, Stmt};

use crate::dotted::is_within;

/// Names that only Prefect 1 has at the top of `prefect`.
const TOP: [&str; 9] = [
    "Parameter",
    "case",
    "mapped",
    "flatten",
    "apply_map",
    "Client",
    "resource_manager",
    "triggers",
    "config",
];

/// Modules that only Prefect 1 has, with all below them.
const MODULES: [&str; 11] = [
    "prefect.run_configs",
    "prefect.storage",
    "prefect.environments",
    "prefect.executors",
    "prefect.core",
    "prefect.backend",
    "prefect.client.secrets",
    "prefect.utilities.tasks",
    "prefect.utilities.notifications",
    "prefect.utilities.edges",
    "prefect.utilities.logging",
];

/// Modules that are there still, with what only Prefect 1 has in them.
const INNER: [(&str, &[&str]); 4] = [
    (
        "engine",
        &[
            "cache_validators",
            "cloud",
            "executors",
            "flow_runner",
            "result",
            "result_handlers",
            "results",
            "runner",
            "serializers",
            "signals",
            "state",
            "task_runner",
        ],
    ),
    (
        "schedules",
        &["CronSchedule", "IntervalSchedule", "adjustments", "clocks", "filters", "schedules"],
    ),
    ("client", &["Client", "Secret", "client"]),
    ("tasks", &LIBRARY),
];

/// The packages of the task library.
const LIBRARY: [&str; 62] = [
    "airbyte",
    "airtable",
    "asana",
    "aws",
    "azure",
    "azureml",
    "census",
    "control_flow",
    "core",
    "cubejs",
    "databricks",
    "dbt",
    "docker",
    "dremio",
    "dropbox",
    "exasol",
    "files",
    "firebolt",
    "fivetran",
    "gcp",
    "github",
    "google",
    "great_expectations",
    "gsheets",
    "hightouch",
    "jira",
    "jupyter",
    "kafka",
    "kubernetes",
    "mixpanel",
    "monday",
    "monte_carlo",
    "mysql",
    "neo4j",
    "notifications",
    "postgres",
    "prefect",
    "prometheus",
    "redis",
    "rss",
    "secrets",
    "sendgrid",
    "sftp",
    "shell",
    "snowflake",
    "sodaspark",
    "sodasql",
    "spacy",
    "sql",
    "sqlite",
    "sql_server",
    "strings",
    "tableau",
    "template",
    "templates",
    "toloka",
    "transform",
    "trello",
    "twilio",
    "twitter",
    "vertica",
    "zendesk",
];

/// Whether the dotted name is one that only Prefect 1 has.
pub(super) fn is_old(name: &str) -> bool {
    let mut parts = name.split('.').skip(1);
    let (module, inner) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let known = INNER.iter().any(|it| it.0 == module && it.1.contains(&inner));
    MODULES.into_iter().any(|it| is_within(name, it)) || TOP.contains(&module) || known
}

/// What the import statements among `statements` take from Prefect: the dotted name of what is bound, and where.
pub(super) fn imported<'a>(
    statements: &[(&'a Stmt, bool)],
) -> impl Iterator<Item = (String, &'a Alias)> {
    statements.iter().flat_map(|(stmt, _)| {
        let (names, module) = match stmt {
            Stmt::Import(it) => (it.names.as_slice(), None),
            Stmt::ImportFrom(it) if it.level == 0 => {
                (it.names.as_slice(), Some(it.module.as_ref().map_or("", Identifier::as_str)))
            }
            _ => (&[][..], None),
        };
        names.iter().filter_map(move |it| {
            let name = it.name.as_str();
            let origin = match module {
                Some(module) => format!("{module}.{name}"),
                // `import prefect.tasks` binds `prefect`
                None if it.asname.is_none() => "prefect".to_owned(),
                None => name.to_owned(),
            };
            is_prefect(module.unwrap_or(name)).then_some((origin, it))
        })
    })
}

/// The dotted name in Prefect of each local name.
#[derive(Debug, Default)]
pub(super) struct Origins<'a> {
    names: BTreeMap<&'a str, String>,
}

impl<'a> Origins<'a> {
    /// What the import statements among `statements` bind, wherever they stand.
    pub(super) fn of(statements: &[(&'a Stmt, bool)]) -> Self {
        let bound = |(origin, it): (String, &'a Alias)| {
            let name = it.asname.as_ref().map(Identifier::as_str);
            let own = if origin == "prefect" { "prefect" } else { it.name.as_str() };
            (name.unwrap_or(own), origin)
        };
        Self { names: imported(statements).map(bound).collect() }
    }

    /// Whether the file imports nothing of Prefect.
    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// `prefect.run_configs.KubernetesRun` of what `expr` names.
    pub(super) fn full(&self, expr: &Expr) -> Option<String> {
        let mut parts = Vec::new();
        let mut at = expr;
        while let Expr::Attribute(it) = at {
            parts.push(it.attr.as_str());
            at = &it.value;
            if parts.len() > 8 {
                return None;
            }
        }
        let Expr::Name(name) = at else { return None };
        let mut full = self.names.get(name.id.as_str())?.clone();
        parts.iter().rev().for_each(|it| {
            full.push('.');
            full.push_str(it);
        });
        Some(full)
    }

    /// Whether `is` holds for the dotted name of any import.
    pub(super) fn any(&self, is: impl Fn(&str) -> bool) -> bool {
        self.names.values().any(|it| is(it))
    }

    /// [`Self::full`] of `a.b`.
    pub(super) fn full_of(&self, it: &ExprAttribute) -> Option<String> {
        let base = self.full(&it.value)?;
        Some(format!("{base}.{}", it.attr.as_str()))
    }

    /// [`Self::full`] of a name.
    pub(super) fn of_name(&self, name: &str) -> Option<&str> {
        self.names.get(name).map(String::as_str)
    }

    /// The last part of [`Self::full`].
    pub(super) fn last(&self, expr: &Expr) -> Option<String> {
        let full = self.full(expr)?;
        Some(full.rsplit('.').next().unwrap_or_default().to_owned())
    }
}

fn is_prefect(module: &str) -> bool {
    module == "prefect" || module.starts_with("prefect.")
}
