//! `cargo bench --bench read`: how fast Python is read. The parameter schemas of a generated corpus, on one core, beside
//! Python's own parser on the same files; and `schema` on a folder of 300 files: time and memory of the whole process.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it saw")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use domain::dialect::Dialect;
use domain::python::{Reader, Reading};
use domain::tree::Tree;
use mimalloc::MiMalloc;
use world::prefect::THREE;
use world::{product, provision};

/// That of the binary.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Files of the corpus, and of the bundle.
const FILES: usize = 300;
/// How often each is measured; the best counts.
const ROUNDS: u32 = 7;

/// Best time of `ast.parse` over the files of a folder.
const PARSER: &str = "
import ast, pathlib, sys, time
texts = [it.read_text() for it in pathlib.Path(sys.argv[1]).rglob('*.py')]
def once():
    start = time.perf_counter()
    for it in texts:
        ast.parse(it)
    return time.perf_counter() - start
print(min(once() for _ in range(int(sys.argv[2]))))
";

/// Best time of a command, and its peak resident set in KiB.
const PROCESS: &str = "
import resource, subprocess, sys, time
def once():
    start = time.perf_counter()
    subprocess.run(sys.argv[2:], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start
best = min(once() for _ in range(int(sys.argv[1])))
print(best, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
";

fn main() -> anyhow::Result<()> {
    let corpus = corpus();
    let bytes: usize = corpus.iter().map(|(_, text)| text.len()).sum();
    let dir = tempfile::tempdir()?;
    for (path, text) in &corpus {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().context("no folder")?)?;
        std::fs::write(path, text)?;
    }
    let python = provision::prefect(THREE)?.join("bin/python");
    let (flows, ours) = schemas(&corpus)?;
    let theirs = Duration::from_secs_f64(
        run(&python, PARSER, &[text(dir.path())?, &ROUNDS.to_string()])?[0],
    );
    println!("corpus: {FILES} files, {} KB, {flows} flows, the same in each run", bytes / 1000);
    println!("schemas: {:.1} MB/s on one core", speed(bytes, ours));
    println!(
        "ast.parse of Python: {:.1} MB/s; schemas take {:.2} of its time",
        speed(bytes, theirs),
        ours.as_secs_f64() / theirs.as_secs_f64()
    );
    let binary = product::binary()?;
    let command = [&ROUNDS.to_string(), text(&binary)?, "schema", text(dir.path())?, "-o", "json"];
    let process = run(&python, PROCESS, &command)?;
    println!("`schema` of the folder: {:.1} ms, at most {} KiB", process[0] * 1000.0, process[1]);
    Ok(())
}

fn text(path: &Path) -> anyhow::Result<&str> {
    path.to_str().context("a path that is no text")
}

#[expect(clippy::cast_precision_loss, reason = "megabytes are shown with one digit")]
fn speed(bytes: usize, took: Duration) -> f64 {
    bytes as f64 / 1e6 / took.as_secs_f64()
}

/// How many flows there are, and the best time of reading them all.
fn schemas(corpus: &[(String, String)]) -> anyhow::Result<(usize, Duration)> {
    let tree = Tree::of_texts(corpus.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let reading = Reading::new(Dialect::new("3.9.1")?);
    let mut best = (0, Duration::MAX);
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let mut reader = Reader::new(&tree, &reading);
        let mut flows = 0;
        for path in tree.paths() {
            let (found, told) = reader.flows(path);
            ensure!(told.is_empty(), "{path}: {told:?}");
            flows += found.len();
        }
        best = (flows, best.1.min(start.elapsed()));
    }
    Ok(best)
}

/// The numbers that a script prints.
fn run(python: &Path, script: &str, arguments: &[&str]) -> anyhow::Result<Vec<f64>> {
    let output = Command::new(python).arg("-c").arg(script).args(arguments).output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout)?;
    Ok(text.split_whitespace().map(str::parse).collect::<Result<_, _>>()?)
}

/// Modules of models, and files of flows that import them, the same in each run (xorshift64).
fn corpus() -> Vec<(String, String)> {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let models = (0..FILES / 10).map(|at| (format!("shared/models_{at}.py"), models(at)));
    let mut out: Vec<_> = models.collect();
    out.push(("shared/__init__.py".to_owned(), String::new()));
    while out.len() < FILES {
        let at = out.len();
        out.push((format!("projects/project_{}/flow_{at}.py", at % 20), flows(at, &mut random)));
    }
    out
}

fn models(at: usize) -> String {
    format!(
        "\"\"\"Models {at}.\"\"\"\n\nfrom datetime import date\nfrom enum import Enum\nfrom typing import Dict, List, Optional\n\nfrom pydantic import BaseModel, Field\n\n\nclass Mode{at}(str, Enum):\n    FULL = \"full\"\n    DELTA = \"delta\"\n\n\nclass Config{at}(BaseModel):\n    \"\"\"Settings of a source.\"\"\"\n\n    url: str = Field(..., description=\"Where it is\")\n    mode: Mode{at} = Mode{at}.FULL\n    since: Optional[date] = None\n    headers: Dict[str, str] = {{}}\n    tags: List[str] = Field(default_factory=list)\n    retries: int = Field(3, ge=0, le=10)\n"
    )
}

fn flows(at: usize, random: &mut Random) -> String {
    let module = random.below(FILES / 10);
    let mut out = format!(
        "\"\"\"Flows {at}.\"\"\"\n\nimport logging\nfrom datetime import date\nfrom typing import Any, Dict, List, Optional\n\nfrom prefect import flow, get_run_logger, task\n\nfrom shared.models_{module} import Config{module}, Mode{module}\n\nlogger = logging.getLogger(__name__)\nBATCH = 500\n"
    );
    for flow in 0..=random.below(4) {
        task(&mut out, flow, random);
        let _infallible = write!(
            out,
            "\n\n@flow(name=\"Load {at} {flow}\", log_prints=True, retries={})\ndef load_{flow}(config: Config{module}, day: Optional[date] = None, limit: int = BATCH, mode: Mode{module} = Mode{module}.DELTA, extra: Dict[str, Any] = None, names: List[str] = [\"a\", \"b\"]):\n    \"\"\"Loads the data of one day.\n\n    Args:\n        config: where the data comes from\n        day: which day, else\n            yesterday\n        limit (int): how many rows at once\n    \"\"\"\n    rows = extract_{flow}(config.url, limit)\n    for name in names:\n        print(f\"{{name}}: {{len(rows)}}\")\n    return len(rows)\n",
            random.below(5)
        );
    }
    out
}

/// A task whose body is as long as those of people.
fn task(out: &mut String, flow: usize, random: &mut Random) {
    let _infallible = write!(
        out,
        "\n\n@task(retries=2, retry_delay_seconds=30)\ndef extract_{flow}(url: str, limit: int) -> List[Dict[str, Any]]:\n    rows: List[Dict[str, Any]] = []\n"
    );
    for step in 0..5 + random.below(30) {
        let _infallible = write!(
            out,
            "    if len(rows) < limit and not url.endswith(\"/{step}\"):\n        row = {{\"id\": {step}, \"name\": f\"row-{{limit + {}}}\", \"values\": [it * 2 for it in range({})]}}\n        rows.append(dict(row, source=url.lower().replace(\"-\", \"_\")))\n        logger.info(\"row %s of %s: %r\", {step}, url, row[\"name\"])\n",
            random.below(1000),
            random.below(20)
        );
    }
    out.push_str("    return rows\n");
}

/// Numbers that are the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or_default() % most
    }
}
