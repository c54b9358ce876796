//! Where imports look: `sys.path`, and what the modules that are found there are called.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::import::ancestor;
use super::machine::Machine;
use super::path;
use super::sources::FileId;
use super::value::Value;

/// Most entries of `sys.path` that are looked at: each import looks at all of them.
const MAX_ENTRIES: usize = 100;

/// A folder of the bundle that imports start from.
#[derive(Debug, Clone)]
pub(super) struct Root {
    /// Its path in the bundle, with a slash at its end.
    pub(super) inside: String,
    /// Its absolute path as the file wrote it: `/srv/flows/deploy/..`
    spelled: String,
}

/// The search path of a run, and what was found on it.
#[derive(Debug)]
pub(super) struct Search<'a> {
    /// `sys.path`: the folder of the file that is run, and what it adds. Those of Python itself are left out.
    list: Value<'a>,
    /// Folders of the bundle that are looked at after those.
    more: Vec<String>,
    /// The names that modules were imported by, and the paths that they have then.
    found: BTreeMap<FileId, (String, String)>,
}

impl<'a> Search<'a> {
    /// Before the first statement of a file in `folder`, an absolute path.
    pub(super) fn new(folder: &str) -> Self {
        let list = Value::list(vec![Value::text(folder)]);
        Self { list, more: Vec::new(), found: BTreeMap::new() }
    }

    /// `sys.path`
    pub(super) fn list(&self) -> &Value<'a> {
        &self.list
    }

    /// `sys.path = […]`
    pub(super) fn set(&mut self, list: Value<'a>) {
        if let Value::List(_) = list {
            self.list = list;
        }
    }

    /// Looks in a folder of the bundle, too; with a slash at its end.
    pub(super) fn add(&mut self, inside: Option<String>) {
        self.more.extend(inside);
    }
}

/// The folders that imports look in, in order.
pub(super) fn roots(machine: &Machine<'_>) -> Vec<Root> {
    let written = match machine.search.list() {
        Value::List(it) => it.borrow().iter().take(MAX_ENTRIES).filter_map(path::text_of).collect(),
        _ => Vec::new(),
    };
    let written = written.into_iter().filter_map(|it: Rc<str>| {
        let spelled = spelled(machine, &it);
        let whole = path::absolute(machine, &it);
        let inside = whole.strip_prefix(&machine.settings.root())?;
        let inside = inside.trim_start_matches('/');
        let inside = if inside.is_empty() { String::new() } else { format!("{inside}/") };
        Some(Root { inside, spelled })
    });
    let more = machine.search.more.iter().cloned();
    let always =
        std::iter::once(String::new()).chain(machine.settings.source_roots.iter().cloned());
    let of_bundle = more.chain(always).map(|inside| {
        let spelled = machine.absolute(&inside).trim_end_matches('/').to_owned();
        Root { inside, spelled }
    });
    written.chain(of_bundle).collect()
}

/// As Python keeps it: from the working directory on, `..` and all. Source: `_path_abspath` of `importlib`.
fn spelled(machine: &Machine<'_>, it: &str) -> String {
    let it = it.trim_end_matches('/');
    match it.strip_prefix("./").unwrap_or(it) {
        "" | "." => machine.cwd.clone(),
        it if it.starts_with('/') => it.to_owned(),
        it => format!("{}/{it}", machine.cwd),
    }
}

/// Notes that `id` was imported as `name` from `root`.
pub(super) fn note(machine: &mut Machine<'_>, id: FileId, name: &str, root: &Root) {
    let file = machine.sources.path(id);
    let rest = file.strip_prefix(root.inside.as_str()).unwrap_or(file);
    let path = format!("{}/{rest}", root.spelled);
    machine.search.found.entry(id).or_insert_with(|| (name.to_owned(), path));
}

/// Notes that `id` was imported by a relative name from a module in whose package it is.
pub(super) fn note_near(
    machine: &mut Machine<'_>,
    id: FileId,
    from: FileId,
    level: usize,
    name: &str,
) {
    let Some((module, path)) = machine.search.found.get(&from).cloned() else { return };
    let up = level.saturating_sub(usize::from(path.ends_with("/__init__.py")));
    let mut package: Vec<&str> = module.split('.').collect();
    package.truncate(package.len().saturating_sub(up));
    package.extend(name.split('.').filter(|it| !it.is_empty()));
    let (near, file) = (machine.sources.path(from), machine.sources.path(id));
    let Some(folder) = ancestor(near, level) else { return };
    let (Some(rest), Some(base)) = (file.strip_prefix(&folder), ancestor(&path, level)) else {
        return;
    };
    let found = (package.join("."), format!("{base}{rest}"));
    machine.search.found.entry(id).or_insert(found);
}

/// The name that the module of a file has.
pub(super) fn name_of(machine: &Machine<'_>, id: FileId) -> String {
    if let Some((name, _)) = machine.search.found.get(&id) {
        return name.clone();
    }
    let file = machine.sources.path(id);
    let stem = file.strip_suffix(".py").unwrap_or(file);
    let stem = stem.strip_suffix("/__init__").unwrap_or(stem);
    let all = roots(machine);
    let near = all.iter().filter_map(|it| stem.strip_prefix(it.inside.as_str()));
    near.min_by_key(|it| it.len()).unwrap_or(stem).replace('/', ".")
}

/// `__file__` of the module of a file.
pub(super) fn file_of(machine: &Machine<'_>, id: FileId) -> String {
    let found = machine.search.found.get(&id);
    found.map_or_else(|| machine.absolute(machine.sources.path(id)), |(_, path)| path.clone())
}

/// `sys.argv` before the file changes it.
pub(super) fn arguments<'a>(main: &str) -> Value<'a> {
    Value::List(Rc::new(RefCell::new(vec![Value::text(path::name_of(main))])))
}
