//! The oracle: it runs the deployment files of `tests/declarations` under real Prefect.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::Context as _;
use serde_json::Value;
use tempfile::TempDir;

use crate::provision;

/// What one `case.toml` says.
#[derive(Debug, Clone)]
pub struct Case {
    /// The folder's name.
    pub name: String,
    /// The file that is run, in `project/`.
    pub file: String,
    /// The Prefect versions that can run it: `3.9`, `2.20`.
    pub servers: BTreeSet<String>,
    /// What the project's folder is called where it is run.
    pub bundle_name: String,
    /// What it finds in its environment.
    pub env: BTreeMap<String, String>,
    /// The time that it sees.
    pub now: String,
    /// Fields that cannot be compared, with the reason.
    pub incomparable: BTreeMap<String, String>,
}

impl Case {
    /// The folder with its files.
    pub fn project(&self) -> PathBuf {
        declarations().join(&self.name).join("project")
    }

    fn new(it: &Value) -> anyhow::Result<Self> {
        let text = |name: &str| {
            let found = it.get(name).and_then(Value::as_str).map(str::to_owned);
            found.with_context(|| format!("no {name}"))
        };
        let texts = |name: &str| {
            let pairs = it.get(name).and_then(Value::as_object).into_iter().flatten();
            pairs
                .map(|(key, it)| (key.clone(), it.as_str().unwrap_or_default().to_owned()))
                .collect()
        };
        let servers = it.get("servers").and_then(Value::as_array).into_iter().flatten();
        Ok(Self {
            name: text("name")?,
            file: text("file")?,
            servers: servers.filter_map(Value::as_str).map(str::to_owned).collect(),
            bundle_name: text("bundle-name")?,
            env: texts("env"),
            now: text("now")?,
            incomparable: texts("incomparable"),
        })
    }
}

/// The folder of cases that is read instead of `tests/declarations`: files that are not ours to keep.
const FROM: &str = "RECORDED_FROM";

fn declarations() -> PathBuf {
    let ours = || Path::new(env!("CARGO_MANIFEST_DIR")).join("declarations");
    std::env::var_os(FROM).map_or_else(ours, PathBuf::from)
}

/// The oracle of one Prefect version; ends with this value.
#[derive(Debug)]
pub struct Oracle {
    child: Child,
    asks: ChildStdin,
    answers: BufReader<ChildStdout>,
    folder: TempDir,
    /// Every case, in the order of their names.
    pub cases: Vec<Case>,
}

impl Oracle {
    /// Starts Prefect `version`, whose files register at `recorder`; makes the pools and blocks that they name, at `server`.
    ///
    /// # Errors
    /// When it does not start, a `case.toml` is faulty or the server refuses a pool or a block.
    pub fn start(version: &str, server: &str, recorder: &str) -> anyhow::Result<Self> {
        let venv = provision::prefect(version)?;
        let folder = tempfile::tempdir()?;
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("oracle/oracle.py");
        let mut command = Command::new(venv.join("bin/python"));
        command.arg(script).arg(declarations()).arg(folder.path());
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("PREFECT_HOME", folder.path().join("home")).env("HOME", folder.path());
        command.env("PREFECT_API_URL", recorder).env("ORACLE_SETUP_URL", server);
        command.env("PREFECT_LOGGING_LEVEL", "ERROR").env("DO_NOT_TRACK", "1");
        command.env("PREFECT_SERVER_ANALYTICS_ENABLED", "false");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let asks = child.stdin.take().context("no stdin")?;
        let answers = BufReader::new(child.stdout.take().context("no stdout")?);
        let mut oracle = Self { child, asks, answers, folder, cases: Vec::new() };
        let cases = oracle.read()?;
        oracle.cases =
            cases.as_array().into_iter().flatten().map(Case::new).collect::<Result<_, _>>()?;
        oracle.ask("world")?;
        Ok(oracle)
    }

    /// Runs the file of the case `name`.
    ///
    /// # Errors
    /// When it fails, with the end of its output.
    pub fn ask(&mut self, name: &str) -> anyhow::Result<()> {
        writeln!(self.asks, "{name}")?;
        let fault = self.read()?;
        anyhow::ensure!(fault.is_null(), "{name}: {}", fault.as_str().unwrap_or_default());
        Ok(())
    }

    /// `text` as it were if the projects lay where declarations see them: in `/srv`.
    pub fn rooted(&self, case: &Case, text: &str) -> String {
        let folder = self.folder.path().canonicalize();
        let folder = folder.unwrap_or_else(|_| self.folder.path().to_owned()).join(&case.name);
        text.replace(&*folder.to_string_lossy(), "/srv")
    }

    fn read(&mut self) -> anyhow::Result<Value> {
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        serde_json::from_str(&line).context("the oracle has ended")
    }
}

impl Drop for Oracle {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
