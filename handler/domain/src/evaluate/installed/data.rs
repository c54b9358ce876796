//! Texts in memory, logging, and what does nothing that a declaration depends on.

use std::rc::Rc;

use super::{Made, object, stream};
use crate::evaluate::call::Args;
use crate::evaluate::machine::Machine;
use crate::evaluate::value::{Object, Value};

/// Methods of loggers.
pub(super) const OF_LOGGERS: &[&str] = &[
    "debug",
    "info",
    "warning",
    "warn",
    "error",
    "exception",
    "critical",
    "log",
    "setLevel",
    "addHandler",
    "removeHandler",
    "addFilter",
    "getChild",
    "isEnabledFor",
    "hasHandlers",
    "getEffectiveLevel",
];

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    let first = args.positional.first().cloned();
    Ok(Some(match (dotted, first) {
        ("io.StringIO" | "io.BytesIO", first) => {
            let empty =
                if dotted == "io.StringIO" { Value::text("") } else { Value::Bytes(Rc::from([])) };
            stream::made(machine, dotted, first.unwrap_or(empty))
        }
        ("string.Formatter", _) => object(machine, "string.Formatter", Args::none()),
        ("string.Template", _) => object(machine, "string.Template", args.clone()),
        ("string.capwords", Some(it)) => match it.as_text() {
            Some(text) => {
                let words = text.split_whitespace().map(|it| {
                    let mut chars = it.chars();
                    let first: String =
                        chars.next().into_iter().flat_map(char::to_uppercase).collect();
                    first + &chars.as_str().to_lowercase()
                });
                Value::text(words.collect::<Vec<_>>().join(" "))
            }
            None => it,
        },
        ("logging.getLogger", first) => {
            let name = first.filter(|it| !it.is_none()).unwrap_or_else(|| Value::text("root"));
            crate::evaluate::files::object(machine.at, "logging.Logger", [("name", name)])
        }
        // loops that show how far they are
        ("rich.progress.track" | "tqdm.tqdm" | "tqdm.auto.tqdm" | "tqdm.std.tqdm", Some(it)) => it,
        (dotted, _) if is_harmless(dotted) => Value::None,
        _ => return Ok(None),
    }))
}

/// What a method of a logger gives.
pub(super) fn logged<'a>(machine: &Machine<'a>, it: &Rc<Object<'a>>, name: &str) -> Value<'a> {
    match name {
        "getChild" => Value::Object(Rc::clone(it)),
        "isEnabledFor" | "hasHandlers" | "getEffectiveLevel" => {
            machine.unknown("how loggers are set up")
        }
        _ => Value::None,
    }
}

/// Calls that give `None` and change nothing that is read here.
fn is_harmless(dotted: &str) -> bool {
    const NAMES: [&str; 24] = [
        "logging.basicConfig",
        "logging.captureWarnings",
        "logging.config.dictConfig",
        "logging.config.fileConfig",
        "logging.debug",
        "logging.disable",
        "logging.error",
        "logging.exception",
        "logging.info",
        "logging.warning",
        "logging.critical",
        "pprint.pprint",
        "pprint.pp",
        "random.seed",
        "gc.collect",
        "time.sleep",
        "warnings.filterwarnings",
        "warnings.simplefilter",
        "warnings.warn",
        "os.makedirs",
        "os.mkdir",
        "os.remove",
        "os.unlink",
        "shutil.rmtree",
    ];
    NAMES.contains(&dotted)
}
