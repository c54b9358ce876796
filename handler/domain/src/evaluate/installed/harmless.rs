//! What does nothing that a declaration depends on.

use super::Made;
use crate::evaluate::call::Args;
use crate::evaluate::machine::Machine;
use crate::evaluate::value::Value;

/// Calls that give `None` and change nothing that is read here.
const NAMES: [&str; 24] = [
    "gc.collect",
    "logging.basicConfig",
    "logging.captureWarnings",
    "logging.config.dictConfig",
    "logging.config.fileConfig",
    "logging.critical",
    "logging.debug",
    "logging.disable",
    "logging.error",
    "logging.exception",
    "logging.info",
    "logging.warning",
    "os.makedirs",
    "os.mkdir",
    "os.remove",
    "os.unlink",
    "pprint.pp",
    "pprint.pprint",
    "random.seed",
    "shutil.rmtree",
    "time.sleep",
    "warnings.filterwarnings",
    "warnings.simplefilter",
    "warnings.warn",
];

/// Loops that show how far they are: they give what they go through.
const LOOPS: [&str; 4] = ["rich.progress.track", "tqdm.auto.tqdm", "tqdm.std.tqdm", "tqdm.tqdm"];

/// What such a call gives; `None` for other names.
#[expect(clippy::unnecessary_wraps, reason = "as the others of its table")]
pub(super) fn call<'a>(_: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    if LOOPS.contains(&dotted) {
        return Ok(args.positional.first().cloned());
    }
    Ok(NAMES.contains(&dotted).then_some(Value::None))
}
