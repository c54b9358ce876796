//! The files that declarations may read: those of the bundle. Nothing is written.

use std::rc::Rc;

use super::call::Args;
use super::machine::{Eval, Machine};
use super::path;
use super::unknown::Spot;
use super::value::{Object, Value};

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
) -> Result<Result<&'a [u8], Value<'a>>, super::machine::Stop<'a>> {
    match at(machine, it) {
        At::File(inside) => match machine.sources.tree().bytes(inside) {
            Some(bytes) => {
                machine.spend_size(bytes.len())?;
                Ok(Ok(bytes))
            }
            None => Ok(Err(machine
                .unknown(format!("the content of `{inside}`, which is too large to be read")))),
        },
        At::Folder => {
            machine.raise("IsADirectoryError", format!("[Errno 21] Is a directory: '{it}'"))
        }
        At::Nothing => machine
            .raise("FileNotFoundError", format!("[Errno 2] No such file or directory: '{it}'")),
        At::Elsewhere => Ok(Err(machine.unknown_with(
            format!("the file `{it}`, which is not in the bundle"),
            "put it into the bundle",
        ))),
    }
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
        machine.unknown("a file that is written")
    } else if mode.contains('b') {
        match bytes(machine, it)? {
            Ok(bytes) => Value::Bytes(bytes.into()),
            Err(unknown) => unknown,
        }
    } else {
        text(machine, it)?
    };
    let fields = [("content", content), ("name", Value::text(it))];
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

/// The paths below a folder that match a pattern, as `glob` has them.
pub(super) fn glob(
    machine: &Machine<'_>,
    folder: &str,
    pattern: &str,
    recursive: bool,
) -> Vec<String> {
    let whole = path::absolute(machine, folder);
    let root = machine.settings.root();
    let inside = whole.strip_prefix(&root).unwrap_or_default().trim_start_matches('/');
    let prefix = if inside.is_empty() { String::new() } else { format!("{inside}/") };
    let pattern = if recursive { format!("**/{pattern}") } else { pattern.to_owned() };
    let wanted: Vec<&str> = pattern.split('/').filter(|it| !it.is_empty() && *it != ".").collect();
    let mut out: Vec<String> = Vec::new();
    for below in machine.sources.tree().paths().filter_map(|it| it.strip_prefix(prefix.as_str())) {
        let parts: Vec<&str> = below.split('/').collect();
        // folders match too
        for count in 1..=parts.len() {
            let part = parts.get(..count).unwrap_or_default();
            if matches(&wanted, part) {
                out.push(path::join(folder, &part.join("/")));
            }
        }
    }
    out.sort();
    out.dedup();
    out
}

fn matches(pattern: &[&str], parts: &[&str]) -> bool {
    match (pattern.split_first(), parts.split_first()) {
        (None, None) => true,
        (Some((&"**", rest)), _) => {
            matches(rest, parts)
                || parts.split_first().is_some_and(|(_, after)| matches(pattern, after))
        }
        (Some((first, rest)), Some((part, after))) => fits(first, part) && matches(rest, after),
        _ => false,
    }
}

/// `*` and `?` of a name.
pub(super) fn fits(pattern: &str, name: &str) -> bool {
    let Some(it) = pattern.chars().next() else { return name.is_empty() };
    let rest = pattern.get(it.len_utf8()..).unwrap_or_default();
    let after = |name: &str| {
        name.chars().next().and_then(|it| name.get(it.len_utf8()..)).map(str::to_owned)
    };
    match it {
        '*' => fits(rest, name) || after(name).is_some_and(|it| fits(pattern, &it)),
        '?' => after(name).is_some_and(|it| fits(rest, &it)),
        '[' if let Some((class, rest)) = rest.split_once(']') => {
            let (negated, class) = class.strip_prefix('!').map_or((false, class), |it| (true, it));
            let first = name.chars().next();
            first.is_some_and(|it| in_class(class, it) != negated)
                && after(name).is_some_and(|it| fits(rest, &it))
        }
        it => name.starts_with(it) && after(name).is_some_and(|it| fits(rest, &it)),
    }
}

/// `a-z_` of a pattern.
fn in_class(class: &str, wanted: char) -> bool {
    let all: Vec<char> = class.chars().collect();
    let mut at = 0;
    while let Some(first) = all.get(at) {
        match (all.get(at + 1), all.get(at + 2)) {
            (Some('-'), Some(last)) => {
                if (*first..=*last).contains(&wanted) {
                    return true;
                }
                at += 3;
            }
            _ => {
                if *first == wanted {
                    return true;
                }
                at += 1;
            }
        }
    }
    false
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
        "expanduser" => Value::Path(Rc::clone(it)),
        "mkdir" | "write_text" | "touch" | "unlink" => Value::None,
        _ => machine.unknown(format!("the result of `Path.{name}`")),
    })
}
