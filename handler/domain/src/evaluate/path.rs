//! `pathlib`: paths on the author's machine, of which only the files of the bundle are read.

use std::rc::Rc;

use super::call::Args;
use super::machine::{Eval, Machine};
use super::value::Value;
use super::{files, globbing};

/// Whether a path has `name`.
pub(super) fn has(name: &str) -> bool {
    PARTS.contains(&name) || METHODS.contains(&name)
}

const PARTS: [&str; 10] =
    ["name", "stem", "suffix", "suffixes", "parent", "parents", "parts", "anchor", "root", "drive"];

const METHODS: [&str; 33] = [
    "chmod",
    "is_symlink",
    "rename",
    "rmdir",
    "stat",
    "walk",
    "write_bytes",
    "absolute",
    "as_posix",
    "as_uri",
    "exists",
    "expanduser",
    "glob",
    "is_absolute",
    "is_dir",
    "is_file",
    "is_relative_to",
    "iterdir",
    "joinpath",
    "match",
    "mkdir",
    "open",
    "read_bytes",
    "read_text",
    "relative_to",
    "resolve",
    "rglob",
    "with_name",
    "with_stem",
    "with_suffix",
    "write_text",
    "touch",
    "unlink",
];

/// A part of the path.
pub(super) fn attribute<'a>(_: &Machine<'a>, it: &Rc<str>, name: &str) -> Option<Value<'a>> {
    let last = name_of(it);
    let dot = last.rfind('.').filter(|at| *at > 0 && *at + 1 < last.len()).unwrap_or(last.len());
    Some(match name {
        "name" => Value::text(last),
        "stem" => Value::text(last.get(..dot).unwrap_or_default()),
        "suffix" => Value::text(last.get(dot..).unwrap_or_default()),
        "suffixes" => {
            let parts = last.trim_start_matches('.').split('.').skip(1);
            Value::list(parts.map(|it| Value::text(format!(".{it}"))).collect())
        }
        "parent" => Value::Path(parent(it).into()),
        "parents" => {
            let mut all = Vec::new();
            let mut at = it.to_string();
            while parent(&at) != at {
                at = parent(&at);
                all.push(Value::Path(at.as_str().into()));
            }
            Value::tuple(all)
        }
        "parts" => {
            let root = it.starts_with('/').then(|| Value::text("/"));
            let parts = it.split('/').filter(|it| !it.is_empty()).map(Value::text);
            Value::tuple(root.into_iter().chain(parts).collect())
        }
        "drive" => Value::text(""),
        "anchor" | "root" => Value::text(if it.starts_with('/') { "/" } else { "" }),
        _ => return None,
    })
}

/// The last part.
pub(super) fn name_of(it: &str) -> &str {
    let it = it.trim_end_matches('/');
    let last = it.rsplit('/').next().unwrap_or(it);
    if last == "." { "" } else { last }
}

/// The folder of a path.
pub(super) fn parent(it: &str) -> String {
    let it = it.trim_end_matches('/');
    match it.rfind('/') {
        Some(0) => "/".to_owned(),
        Some(at) => it.get(..at).unwrap_or_default().to_owned(),
        None if it.is_empty() => "/".to_owned(),
        None => ".".to_owned(),
    }
}

/// As `pathlib` writes it: without doubled slashes, `.` and a slash at the end.
pub(super) fn plain(it: &str) -> String {
    let root = if it.starts_with('/') { "/" } else { "" };
    let parts: Vec<&str> = it.split('/').filter(|it| !it.is_empty() && *it != ".").collect();
    let joined = parts.join("/");
    if root.is_empty() && joined.is_empty() { ".".to_owned() } else { format!("{root}{joined}") }
}

/// `base / more`
pub(super) fn join(base: &str, more: &str) -> String {
    if more.starts_with('/') { plain(more) } else { plain(&format!("{base}/{more}")) }
}

/// Without `.` and `..`, from the working directory.
pub(super) fn absolute(machine: &Machine<'_>, it: &str) -> String {
    let whole = join(&machine.cwd, it);
    let mut out: Vec<&str> = Vec::new();
    for part in whole.split('/').filter(|it| !it.is_empty()) {
        if part == ".." {
            out.pop();
        } else {
            out.push(part);
        }
    }
    format!("/{}", out.join("/"))
}

/// `base / value`
pub(super) fn joined<'a>(machine: &mut Machine<'a>, base: &str, more: &Value<'a>) -> Eval<'a> {
    match text_of(more) {
        Some(more) => Ok(Value::Path(join(base, &more).into())),
        None if more.as_unknown().is_some() => Ok(more.clone()),
        None => machine.raise(
            "TypeError",
            format!("unsupported operand type(s) for /: '{}'", more.type_name()),
        ),
    }
}

/// The text of a path or of a text.
pub(super) fn text_of(it: &Value<'_>) -> Option<Rc<str>> {
    match it {
        Value::Path(it) => Some(Rc::clone(it)),
        Value::Object(it) if &*it.class == "os.DirEntry" => {
            it.fields.borrow().get("path").and_then(Value::as_text).cloned()
        }
        other => other.as_text().cloned(),
    }
}

/// What `path.name(…)` gives.
pub(super) fn call<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<str>,
    name: &str,
    args: Args<'a>,
) -> Eval<'a> {
    if let Some(unknown) = args.unknown() {
        return Ok(unknown.clone());
    }
    let first = args.positional.first().and_then(text_of);
    let path = |it: String| Ok(Value::Path(it.into()));
    match (name, first) {
        ("absolute", _) => path(join(&machine.cwd, it)),
        ("resolve", _) => path(absolute(machine, it)),
        ("as_posix", _) => Ok(Value::Text(Rc::clone(it))),
        ("as_uri", _) => Ok(Value::text(format!("file://{it}"))),
        ("is_absolute", _) => Ok(Value::Bool(it.starts_with('/'))),
        ("joinpath", _) => {
            let mut out = it.to_string();
            for more in args.positional.iter().filter_map(text_of) {
                out = join(&out, &more);
            }
            path(out)
        }
        ("match", Some(pattern)) => {
            let wanted: Vec<&str> = pattern.split('/').filter(|it| !it.is_empty()).collect();
            let parts: Vec<&str> = it.split('/').filter(|it| !it.is_empty()).collect();
            let from = parts.len().saturating_sub(wanted.len());
            let last = parts.get(from..).unwrap_or_default();
            let all = wanted.iter().zip(last).all(|(wanted, it)| globbing::fits(wanted, it));
            Ok(Value::Bool(all && last.len() == wanted.len()))
        }
        ("with_name", Some(name)) => path(join(&parent(it), &name)),
        ("with_suffix" | "with_stem", Some(new)) => {
            let last = name_of(it);
            let dot = last.rfind('.').filter(|at| *at > 0).unwrap_or(last.len());
            let (stem, suffix) = last.split_at(dot);
            let renamed = if name == "with_suffix" {
                format!("{stem}{new}")
            } else {
                format!("{new}{suffix}")
            };
            path(join(&parent(it), &renamed))
        }
        ("relative_to" | "is_relative_to", Some(base)) => {
            let base = plain(&base);
            let rest = it
                .strip_prefix(base.trim_end_matches('/'))
                .filter(|it| it.is_empty() || it.starts_with('/'));
            let rest = if base == "." && !it.starts_with('/') { Some(&**it) } else { rest };
            match (name, rest) {
                ("is_relative_to", rest) => Ok(Value::Bool(rest.is_some())),
                (_, Some(rest)) => path(plain(rest.trim_start_matches('/'))),
                (_, None) => {
                    machine.raise("ValueError", format!("'{it}' is not in the subpath of '{base}'"))
                }
            }
        }
        _ => files::path_method(machine, it, name, &args),
    }
}

/// `it` as seen from `base`, both absolute.
pub(super) fn relative(it: &str, base: &str) -> String {
    let parts = |it: &'_ str| {
        it.split('/').filter(|it| !it.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    let (it, base) = (parts(it), parts(base));
    let same = it.iter().zip(&base).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..".to_owned(), base.len() - same);
    let all: Vec<String> = up.chain(it.into_iter().skip(same)).collect();
    if all.is_empty() { ".".to_owned() } else { all.join("/") }
}

/// `a/b/../c` as `a/c`; what leads out stays.
pub(super) fn normal(it: &str) -> String {
    let plain = plain(it);
    let root = plain.starts_with('/');
    let mut out: Vec<&str> = Vec::new();
    for part in plain.split('/').filter(|it| !it.is_empty()) {
        match (part, out.last()) {
            ("..", Some(last)) if *last != ".." => drop(out.pop()),
            ("..", None) if root => {}
            _ => out.push(part),
        }
    }
    let joined = out.join("/");
    match (root, joined.is_empty()) {
        (true, _) => format!("/{joined}"),
        (false, true) => ".".to_owned(),
        (false, false) => joined,
    }
}
