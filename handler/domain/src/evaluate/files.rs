//! The files that declarations may read: those of the bundle. Nothing is written.

use std::rc::Rc;

use super::call::Args;
use super::globbing::glob;
use super::machine::{Eval, Machine, Stop};
use super::unknown::Spot;
use super::value::{Object, Value};
use super::{exception, installed, path};

/// What is at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At<'a> {
    /// A file of the bundle: its path in it.
    File(&'a str),
    /// A folder of it.
    Folder,
    /// Nothing.
    Nothing,
    /// It is not in the bundle: nothing is known.
    Elsewhere,
}

/// What is at `it`, as seen from the working directory.
pub(super) fn at<'a>(machine: &Machine<'a>, it: &str) -> At<'a> {
    let whole = path::absolute(machine, it);
    let root = machine.settings.root();
    let Some(inside) = whole.strip_prefix(&root).filter(|it| it.is_empty() || it.starts_with('/'))
    else {
        return At::Elsewhere;
    };
    let inside = inside.trim_start_matches('/');
    let tree = machine.sources.tree();
    let mut near = tree.paths().skip_while(|it| *it < inside);
    match near.next() {
        Some(path) if path == inside => At::File(path),
        _ if inside.is_empty() => At::Folder,
        _ if tree
            .paths()
            .any(|it| it.strip_prefix(inside).is_some_and(|it| it.starts_with('/'))) =>
        {
            At::Folder
        }
        _ => At::Nothing,
    }
}

/// The bytes of a file, or the exception that Python would raise.
pub(super) fn bytes<'a>(
    machine: &mut Machine<'a>,
    it: &str,
) -> Result<Result<&'a [u8], Value<'a>>, Stop<'a>> {
    if machine.written.contains(&path::absolute(machine, it)) {
        return Ok(Err(machine.unknown(format!("the file `{it}`, which this program writes"))));
    }
    match at(machine, it) {
        At::File(inside) => match machine.sources.tree().bytes(inside) {
            Some(bytes) => {
                machine.spend_size(bytes.len())?;
                Ok(Ok(bytes))
            }
            None => Ok(Err(machine
                .unknown(format!("the content of `{inside}`, which is too large to be read")))),
        },
        At::Folder => refused(machine, "IsADirectoryError", (21, "Is a directory"), it),
        At::Nothing => refused(machine, "FileNotFoundError", (2, "No such file or directory"), it),
        At::Elsewhere => Ok(Err(machine.unknown_with(
            format!("the file `{it}`, which is not in the bundle"),
            "put it into the bundle",
        ))),
    }
}

fn refused<'a, T>(
    machine: &Machine<'a>,
    class: &str,
    (number, why): (i128, &str),
    path: &str,
) -> Result<T, Stop<'a>> {
    exception::raise(machine, class, vec![Value::Int(number), Value::text(why), Value::text(path)])
}

/// The text of a file.
pub(super) fn text<'a>(machine: &mut Machine<'a>, it: &str) -> Eval<'a> {
    Ok(match bytes(machine, it)? {
        Ok(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Value::text(text.replace("\r\n", "\n")),
            Err(_) => return machine.raise("UnicodeDecodeError", "invalid bytes"),
        },
        Err(unknown) => unknown,
    })
}

/// `open(path)`: an object that is read from.
pub(super) fn open<'a>(machine: &mut Machine<'a>, it: &str, mode: &str) -> Eval<'a> {
    let content = if mode.contains(['w', 'a', 'x']) {
        let whole = path::absolute(machine, it);
        machine.written.insert(whole);
        machine.unknown("a file that is written")
    } else if mode.contains('b') {
        match bytes(machine, it)? {
            Ok(bytes) => Value::Bytes(bytes.into()),
            Err(unknown) => unknown,
        }
    } else {
        text(machine, it)?
    };
    let start =
        [("at", Value::Int(0)), ("closed", Value::Bool(false)), ("mode", Value::text(mode))];
    let [at, closed, mode] = start;
    let fields = [("content", content), ("name", Value::text(it)), at, closed, mode];
    Ok(object(machine.at, "io.TextIOWrapper", fields))
}

/// An object with fields.
pub(super) fn object<'a, const N: usize>(
    at: Spot,
    class: &str,
    fields: [(&str, Value<'a>); N],
) -> Value<'a> {
    let fields = fields.into_iter().map(|(name, it)| (Rc::from(name), it)).collect();
    Value::Object(Rc::new(Object {
        class: class.into(),
        positional: Vec::new(),
        fields: std::cell::RefCell::new(fields),
        at,
    }))
}

/// The entries of a folder: their names.
pub(super) fn entries(machine: &Machine<'_>, it: &str) -> Vec<String> {
    let whole = path::absolute(machine, it);
    let root = machine.settings.root();
    let inside = whole.strip_prefix(&root).unwrap_or_default().trim_start_matches('/');
    let folder = if inside.is_empty() { String::new() } else { format!("{inside}/") };
    let below = machine.sources.tree().paths().filter_map(|it| it.strip_prefix(folder.as_str()));
    let mut names: Vec<String> =
        below.filter_map(|it| it.split('/').next()).map(str::to_owned).collect();
    names.dedup();
    names
}

/// Methods of a path that look at files.
pub(super) fn path_method<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<str>,
    name: &str,
    args: &Args<'a>,
) -> Eval<'a> {
    let found = at(machine, it);
    let elsewhere = |machine: &Machine<'a>| {
        machine.unknown_with(
            format!("the file `{it}`, which is not in the bundle"),
            "put it into the bundle",
        )
    };
    let paths =
        |all: Vec<String>| Value::list(all.into_iter().map(|it| Value::Path(it.into())).collect());
    Ok(match name {
        "read_text" => return text(machine, it),
        "read_bytes" => match bytes(machine, it)? {
            Ok(bytes) => Value::Bytes(bytes.into()),
            Err(unknown) => unknown,
        },
        "open" => return open(machine, it, &args.text("mode", 0).unwrap_or_else(|| "r".into())),
        _ if found == At::Elsewhere => elsewhere(machine),
        "exists" => Value::Bool(found != At::Nothing),
        "is_file" => Value::Bool(matches!(found, At::File(_))),
        "is_dir" => Value::Bool(found == At::Folder),
        "iterdir" => {
            paths(entries(machine, it).into_iter().map(|name| path::join(it, &name)).collect())
        }
        "glob" | "rglob" => {
            let pattern = args.text("pattern", 0).unwrap_or_default();
            paths(glob(machine, it, &pattern, name == "rglob"))
        }
        "expanduser" => match installed::home(machine, it) {
            Value::Text(it) => Value::Path(path::plain(&it).into()),
            unknown => unknown,
        },
        "write_text" | "write_bytes" | "unlink" | "touch" | "rename" => {
            let whole = path::absolute(machine, it);
            machine.written.insert(whole);
            Value::None
        }
        "mkdir" | "rmdir" | "chmod" => Value::None,
        "is_symlink" => Value::Bool(false),
        "stat" => {
            let size = match found {
                At::File(inside) => machine.sources.tree().bytes(inside).map(<[u8]>::len),
                _ => None,
            };
            let size = size.and_then(|it| i128::try_from(it).ok()).map(Value::Int);
            let size = size.unwrap_or_else(|| machine.unknown("the size of a file"));
            object(machine.at, "os.stat_result", [("st_size", size)])
        }
        _ => machine.unknown(format!("the result of `Path.{name}`")),
    })
}
