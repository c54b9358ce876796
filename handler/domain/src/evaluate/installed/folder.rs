//! What lies in a folder: `os.listdir`, `os.scandir`, `os.walk`, `glob`, `fnmatch`.

use super::Made;
use crate::evaluate::call::Args;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::{Object, Value};
use crate::evaluate::{files, globbing, path};

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    let folder = |name| args.get(name, 0).and_then(path::text_of).unwrap_or_else(|| ".".into());
    Ok(Some(match dotted {
        "os.listdir" => {
            let folder = folder("path");
            Value::list(files::entries(machine, &folder).into_iter().map(Value::text).collect())
        }
        "os.scandir" => scanned(machine, &folder("path")),
        "os.walk" => walk(machine, &folder("top"))?,
        "fnmatch.fnmatch" | "fnmatch.fnmatchcase" => {
            match args.text("name", 0).zip(args.text("pat", 1)) {
                Some((name, pattern)) => Value::Bool(globbing::fits(&pattern, &name)),
                None => machine.unknown("whether a name fits a pattern"),
            }
        }
        "glob.glob" | "glob.iglob" => {
            let pattern = args.get("pathname", 0).and_then(path::text_of).unwrap_or_default();
            match args.named("root_dir").and_then(path::text_of) {
                Some(root) => below(machine, &root, &pattern),
                None => globbed(machine, &pattern),
            }
        }
        _ => return Ok(None),
    }))
}

/// `os.scandir(folder)`: objects with a name and a path.
fn scanned<'a>(machine: &Machine<'a>, folder: &str) -> Value<'a> {
    let entries = files::entries(machine, folder).into_iter().map(|name| {
        // as it is given, without cleaning it
        let path = if folder.ends_with('/') {
            format!("{folder}{name}")
        } else {
            format!("{folder}/{name}")
        };
        let fields = [("name", Value::text(name)), ("path", Value::text(path))];
        files::object(machine.at, "os.DirEntry", fields)
    });
    Value::list(entries.collect())
}

/// What a method of such an object gives.
#[expect(clippy::unnecessary_wraps, reason = "as the others of its table")]
pub(super) fn entry<'a>(machine: &mut Machine<'a>, it: &Object<'a>, name: &str) -> Eval<'a> {
    let path = it.fields.borrow().get("path").and_then(path::text_of).unwrap_or_default();
    let found = files::at(machine, &path);
    Ok(Value::Bool(match name {
        "is_dir" => found == files::At::Folder,
        "is_file" => matches!(found, files::At::File(_)),
        _ => false,
    }))
}

/// `glob.glob(pattern, root_dir=root)`: as seen from `root`.
fn below<'a>(machine: &Machine<'a>, root: &str, pattern: &str) -> Value<'a> {
    let whole = path::join(root, pattern);
    let Value::List(found) = globbed(machine, &whole) else { return globbed(machine, &whole) };
    let start = format!("{}/", path::plain(root));
    let found = found.borrow();
    let found = found.iter().filter_map(Value::as_text);
    Value::list(found.map(|it| Value::text(it.strip_prefix(&*start).unwrap_or(it))).collect())
}

/// The paths that fit; `None` of them is known outside the bundle.
fn globbed<'a>(machine: &Machine<'a>, pattern: &str) -> Value<'a> {
    let parts: Vec<&str> = pattern.split('/').collect();
    let plain = parts.iter().take_while(|it| !it.contains(['*', '?', '['])).count();
    let (folder, rest) = parts.split_at(plain.min(parts.len().saturating_sub(1)));
    let folder = match folder {
        [] => ".".to_owned(),
        [""] => "/".to_owned(),
        all => all.join("/"),
    };
    if files::at(machine, &folder) == files::At::Elsewhere {
        return machine.unknown(format!("the files that `{pattern}` names"));
    }
    let found = globbing::glob(machine, &folder, &rest.join("/"), false);
    let bare = |it: String| it.strip_prefix("./").map(str::to_owned).unwrap_or(it);
    Value::list(found.into_iter().map(|it| Value::text(bare(it))).collect())
}

fn walk<'a>(machine: &mut Machine<'a>, top: &str) -> Eval<'a> {
    let (mut out, mut next) = (Vec::new(), vec![top.to_owned()]);
    while let Some(folder) = next.pop() {
        machine.spend(10)?;
        let (mut folders, mut names) = (Vec::new(), Vec::new());
        for name in files::entries(machine, &folder) {
            match files::at(machine, &path::join(&folder, &name)) {
                files::At::Folder => folders.push(name),
                _ => names.push(name),
            }
        }
        next.extend(folders.iter().rev().map(|it| path::join(&folder, it)));
        let list = |it: Vec<String>| Value::list(it.into_iter().map(Value::text).collect());
        out.push(Value::tuple(vec![Value::text(folder), list(folders), list(names)]));
    }
    Ok(Value::list(out))
}
