//! `os`, `sys`, `pathlib`, `asyncio`: the machine that the author's file runs on.

use super::expansion;
use crate::evaluate::call::Args;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::scope::ModuleId;
use crate::evaluate::value::Value;
use crate::evaluate::{class, exception, files, import, path};

/// Values of modules.
#[expect(clippy::match_same_arms, reason = "in the order of the table")]
pub(super) fn constant<'a>(machine: &Machine<'a>, dotted: &str) -> Option<Value<'a>> {
    let version = machine.settings.dialect.version();
    Some(match dotted {
        "os.sep" | "os.path.sep" | "os.altsep" => Value::text("/"),
        "os.linesep" => Value::text("\n"),
        "os.pathsep" => Value::text(":"),
        "os.pardir" => Value::text(".."),
        "os.curdir" => Value::text("."),
        "os.name" => Value::text("posix"),
        "sys.platform" => Value::text("linux"),
        "sys.argv" => machine.argv.clone(),
        "sys.path" => machine.search.list().clone(),
        "sys.version" => Value::text("3.11.9 (main)"),
        "sys.executable" => Value::text("/usr/bin/python3"),
        "sys.flags" => machine.unknown("`sys.flags`"),
        "sys.maxsize" => Value::Int(i64::MAX.into()),
        "typing.TYPE_CHECKING" | "typing_extensions.TYPE_CHECKING" => Value::Bool(false),
        "prefect.__version__" => Value::text(version.to_string()),
        "string.ascii_letters" => {
            Value::text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
        }
        "string.punctuation" => Value::text("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"),
        "string.hexdigits" => Value::text("0123456789abcdefABCDEF"),
        "string.octdigits" => Value::text("01234567"),
        "string.whitespace" => Value::text(" \t\n\r\u{b}\u{c}"),
        "sys.byteorder" => Value::text("little"),
        "re.I" | "re.IGNORECASE" => Value::Int(2),
        "re.M" | "re.MULTILINE" => Value::Int(8),
        "re.S" | "re.DOTALL" => Value::Int(16),
        "re.X" | "re.VERBOSE" => Value::Int(64),
        "re.U" | "re.UNICODE" => Value::Int(32),
        "re.NOFLAG" => Value::Int(0),
        "logging.NOTSET" => Value::Int(0),
        "logging.DEBUG" => Value::Int(10),
        "logging.INFO" => Value::Int(20),
        "logging.WARNING" | "logging.WARN" => Value::Int(30),
        "logging.ERROR" => Value::Int(40),
        "logging.CRITICAL" | "logging.FATAL" => Value::Int(50),
        "string.ascii_lowercase" => Value::text("abcdefghijklmnopqrstuvwxyz"),
        "string.ascii_uppercase" => Value::text("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        "string.digits" => Value::text("0123456789"),
        _ => return None,
    })
}

/// `sys.version_info`: the newest Python that every supported Prefect runs on.
pub(super) fn version_info<'a>(machine: &mut Machine<'a>) -> Value<'a> {
    let parts = [
        ("major", Value::Int(3)),
        ("minor", Value::Int(11)),
        ("micro", Value::Int(9)),
        ("releaselevel", Value::text("final")),
        ("serial", Value::Int(0)),
    ];
    class::named_tuple(machine, "sys.version_info", parts).unwrap_or(Value::None)
}

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(
    machine: &mut Machine<'a>,
    dotted: &str,
    args: &Args<'a>,
) -> Result<Option<Value<'a>>, Stop<'a>> {
    if let Some(name) = dotted.strip_prefix("os.path.") {
        return os_path(machine, name, args).map(Some);
    }
    Ok(Some(match dotted {
        "os.getcwd" => Value::text(machine.cwd.as_str()),
        "pathlib.Path.cwd" => Value::Path(machine.cwd.as_str().into()),
        "os.chdir" => {
            if let Some(to) = args.positional.first().and_then(path::text_of) {
                machine.cwd = path::absolute(machine, &to);
            }
            Value::None
        }
        "os.fspath" => {
            args.positional.first().and_then(path::text_of).map_or(Value::None, Value::Text)
        }
        "pathlib.Path" | "pathlib.PurePath" | "pathlib.PosixPath" | "pathlib.PurePosixPath" => {
            if let Some(unknown) = args.unknown() {
                return Ok(Some(unknown.clone()));
            }
            let mut out = ".".to_owned();
            for part in args.positional.iter().filter_map(path::text_of) {
                out = path::join(&out, &part);
            }
            Value::Path(out.into())
        }
        "sys.modules.get" => match args.positional.first() {
            Some(name) => imported(machine, name),
            None => machine.unknown("`sys.modules`"),
        },
        "sys.exit" | "os._exit" => return exit(machine, args),
        _ => return Ok(None),
    }))
}

/// `sys.modules["name"]`: a module of the bundle that was imported.
pub(super) fn imported<'a>(machine: &Machine<'a>, name: &Value<'a>) -> Value<'a> {
    let Some(wanted) = name.as_text() else { return machine.unknown("a module") };
    let mut all = machine.modules.keys();
    let is_it = |id: &&ModuleId| import::name_of(machine, **id).as_text() == Some(wanted);
    match all.find(is_it) {
        Some(id) => Value::Module(*id),
        None => machine.unknown(format!("the module `{wanted}`")),
    }
}

/// `sys.exit(code)`: the file ends here, well or not.
fn exit<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Result<Option<Value<'a>>, Stop<'a>> {
    let code = args.positional.first().cloned().unwrap_or(Value::None);
    let code = if code.is_none() { Value::Int(0) } else { code };
    exception::raise(machine, "SystemExit", vec![code])
}

#[expect(clippy::unnecessary_wraps, reason = "as the others of its table")]
fn os_path<'a>(machine: &mut Machine<'a>, name: &str, args: &Args<'a>) -> Eval<'a> {
    if let Some(unknown) = args.unknown() {
        return Ok(unknown.clone());
    }
    let Some(first) = args.positional.first().and_then(path::text_of) else {
        return Ok(machine.unknown(format!("the result of `os.path.{name}`")));
    };
    Ok(match name {
        "join" => Value::text(joined(&first, args)),
        "dirname" => Value::text(folder(&first)),
        "basename" => Value::text(first.rsplit('/').next().unwrap_or_default()),
        "split" => {
            let last = first.rsplit('/').next().unwrap_or_default();
            Value::tuple(vec![Value::text(folder(&first)), Value::text(last)])
        }
        "splitext" => {
            let last = first.rfind('/').map_or(0, |at| at + 1);
            let dot = first.rfind('.').filter(|at| *at > last).unwrap_or(first.len());
            let (stem, extension) = first.split_at(dot);
            Value::tuple(vec![Value::text(stem), Value::text(extension)])
        }
        "abspath" | "realpath" | "normpath" if name != "normpath" || first.starts_with('/') => {
            Value::text(path::absolute(machine, &first))
        }
        "normpath" => Value::text(path::normal(&first)),
        "isabs" => Value::Bool(first.starts_with('/')),
        "expanduser" => expansion::home(machine, &first),
        "expandvars" => expansion::variables(machine, &first),
        "exists" | "isfile" | "isdir" | "lexists" => match files::at(machine, &first) {
            files::At::Elsewhere => machine.unknown(format!("whether `{first}` exists")),
            files::At::Nothing => Value::Bool(false),
            files::At::File(_) => Value::Bool(name != "isdir"),
            files::At::Folder => Value::Bool(name != "isfile"),
        },
        "relpath" => {
            let whole = path::absolute(machine, &first);
            let base = args.get("start", 1).and_then(path::text_of).unwrap_or_else(|| ".".into());
            Value::text(path::relative(&whole, &path::absolute(machine, &base)))
        }
        _ => machine.unknown(format!("the result of `os.path.{name}`")),
    })
}

/// `os.path.dirname(it)`
fn folder(it: &str) -> String {
    it.rfind('/').map_or(String::new(), |at| it.get(..at.max(1)).unwrap_or_default().to_owned())
}

/// `os.path.join(first, …)`
fn joined(first: &str, args: &Args<'_>) -> String {
    let mut out = first.to_owned();
    for part in args.positional.iter().skip(1).filter_map(path::text_of) {
        out = match (part.starts_with('/'), out.is_empty() || out.ends_with('/')) {
            (true, _) => part.to_string(),
            (false, true) => format!("{out}{part}"),
            (false, false) => format!("{out}/{part}"),
        };
    }
    out
}
