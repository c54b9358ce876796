//! The settings of secrets.

use domain::secret::{Selection, Table, table};

use super::Reader;
use crate::config::{ConfigFault, SecretsConfig};

impl Reader<'_> {
    pub(super) fn secrets(&mut self) -> SecretsConfig {
        SecretsConfig {
            selection: self.selection(),
            table: self.table(),
            deletable: self.deletable(),
            near_days: self.number("SYNC_SECRETS_EXPIRY_DAYS", 30),
        }
    }

    fn selection(&mut self) -> Selection {
        let name = "SYNC_SECRETS";
        Selection::new(&self.or(name, "tagged")).unwrap_or_else(|| {
            self.fault(name, "tagged, all, or the start of names and *, such as prefect-*");
            Selection::default()
        })
    }

    fn table(&mut self) -> Table {
        let setting = "SYNC_SECRETS_FILE";
        let Some(path) = self.text(setting) else { return Table::default() };
        let read = std::fs::read_to_string(&path).map_err(|error| format!(" {error}"));
        read.and_then(|text| table(&text)).unwrap_or_else(|why| {
            self.faults.push(ConfigFault::File { setting, why: format!("{path}:{why}") });
            Table::default()
        })
    }

    fn deletable(&mut self) -> std::collections::BTreeSet<String> {
        let name = "SYNC_SECRETS_DELETE";
        let blocks = self.list(name);
        if !blocks.iter().all(|it| it.matches('/').count() == 1) {
            self.fault(name, "blocks as type/name, with commas, such as secret/old,secret/older");
        }
        blocks.into_iter().collect()
    }
}
