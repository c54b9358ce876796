//! `pathlib`: paths on the author's machine, of which only the files of the bundle are read.

mod parts;

use std::rc::Rc;

pub(crate) use self::parts::plain;
use self::parts::{below, ends_as, renamed};
pub(super) use self::parts::{join, name_of, normal, parent, relative};

use super::call::Args;
use super::files;
use super::machine::{Eval, Machine};
use super::value::Value;

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
        ("match", Some(pattern)) => Ok(Value::Bool(ends_as(it, &pattern))),
        ("with_name", Some(name)) => path(join(&parent(it), &name)),
        ("with_suffix" | "with_stem", Some(new)) => path(renamed(it, name, &new)),
        ("relative_to" | "is_relative_to", Some(base)) => {
            let base = plain(&base);
            let rest = below(it, &base);
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
