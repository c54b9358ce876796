//! Names of what is installed, of which no value is known here: of packages that are not read, and data of those that are.

use std::rc::Rc;

use super::installed;
use super::machine::Machine;
use super::packages;
use super::search;
use super::unknown::Unknown;
use super::value::Value;
use crate::diagnostic::near_miss;

/// Modules in which constants stand for themselves: what takes them is read here.
const NAMED_CONSTANTS: [&str; 3] = ["csv.", "decimal.", "re."];

/// Classes and functions that look like constants. Source: the standard library of Python 3.11.
const NO_CONSTANTS: [&str; 18] = [
    "ABC",
    "AST",
    "CDLL",
    "FTP",
    "FTP_TLS",
    "HMAC",
    "IMAP4",
    "IMAP4_SSL",
    "IO",
    "MH",
    "MMDF",
    "POP3",
    "POP3_SSL",
    "SMTP",
    "SMTP_SSL",
    "UCD",
    "UID",
    "UUID",
];

/// Python's own classes with small names, as far as they need no import.
const CLASSES: [&str; 19] = [
    "bool",
    "bytearray",
    "bytes",
    "classmethod",
    "complex",
    "dict",
    "float",
    "frozenset",
    "int",
    "list",
    "object",
    "property",
    "range",
    "set",
    "slice",
    "staticmethod",
    "str",
    "tuple",
    "type",
];

/// Data with small names. Source: the standard library of Python 3.11, without what is read here.
const DATA: [&str; 47] = [
    "array.typecodes",
    "errno.errorcode",
    "gc.callbacks",
    "gc.garbage",
    "hashlib.algorithms_available",
    "hashlib.algorithms_guaranteed",
    "keyword.kwlist",
    "keyword.softkwlist",
    "logging.lastResort",
    "logging.raiseExceptions",
    "os.confstr_names",
    "os.defpath",
    "os.devnull",
    "os.environb",
    "os.extsep",
    "os.path.supports_unicode_filenames",
    "os.supports_bytes_environ",
    "os.sysconf_names",
    "socket.has_ipv6",
    "sqlite3.apilevel",
    "sqlite3.sqlite_version",
    "sqlite3.sqlite_version_info",
    "sqlite3.threadsafety",
    "sqlite3.version",
    "sqlite3.version_info",
    "string.printable",
    "sys.abiflags",
    "sys.api_version",
    "sys.base_exec_prefix",
    "sys.base_prefix",
    "sys.builtin_module_names",
    "sys.copyright",
    "sys.dont_write_bytecode",
    "sys.exec_prefix",
    "sys.float_info",
    "sys.hexversion",
    "sys.implementation",
    "sys.maxunicode",
    "sys.orig_argv",
    "sys.prefix",
    "sys.pycache_prefix",
    "sys.stdlib_module_names",
    "sys.warnoptions",
    "time.altzone",
    "time.daylight",
    "time.timezone",
    "time.tzname",
];

/// Whether what the dotted name stands for is told by the name: a function, a class or a module that is read here.
pub(super) fn is_read(dotted: &str) -> bool {
    let (first, last) = (dotted.split('.').next(), dotted.rsplit('.').next());
    let (Some(first), Some(last)) = (first, last) else { return false };
    if matches!(first, "builtins" | "prefect") {
        return !is_dunder(last);
    }
    // classes of a collection of Prefect's are blocks
    if first.starts_with("prefect_") {
        return dotted.split('.').any(|it| it.starts_with(char::is_uppercase) && !is_constant(it));
    }
    packages::is_read(first) && !is_data(dotted, last)
}

fn is_data(dotted: &str, last: &str) -> bool {
    let named = || NAMED_CONSTANTS.iter().any(|it| dotted.starts_with(it));
    is_dunder(last)
        || (is_constant(last) && !NO_CONSTANTS.contains(&last) && !named())
        || DATA.contains(&dotted)
}

fn is_dunder(name: &str) -> bool {
    name.starts_with("__") && name.ends_with("__")
}

/// `MAX_SIZE`
fn is_constant(name: &str) -> bool {
    name.len() > 1
        && name.starts_with(|it: char| it.is_ascii_uppercase())
        && !name.contains(|it: char| it.is_ascii_lowercase())
}

/// Whether the name is that of a member of a class: what it equals is not known.
pub(super) fn is_member(dotted: &str) -> bool {
    let mut parts = dotted.rsplit('.');
    let (last, owner) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    is_constant(last) && owner.starts_with(char::is_uppercase)
}

/// Whether the dotted name is how Python shows the class.
pub(super) fn is_shown_so(dotted: &str) -> bool {
    let own = |it: &str| {
        CLASSES.contains(&it)
            || it.starts_with(|it: char| it.is_ascii_uppercase())
            || !installed::is_builtin(it)
    };
    dotted.strip_prefix("builtins.").is_some_and(|it| !it.contains('.') && own(it))
        || dotted.starts_with("datetime.")
}

impl<'a> Machine<'a> {
    /// What is installed under the name `dotted` and not known here.
    pub(super) fn foreign(&self, dotted: &str) -> Value<'a> {
        let name: Rc<str> = dotted.into();
        let (what, at) = (Rc::clone(&name), self.at);
        Value::Unknown(Rc::new(Unknown { what, hint: "".into(), name: Some(name), at }))
    }

    /// What to do about a value that is not known.
    pub(super) fn hint_of(&self, it: &Unknown) -> String {
        let package = it.name.as_deref().and_then(|it| it.split('.').next());
        match package {
            Some(package) if it.hint.is_empty() => self.foreign_hint(package),
            _ => it.hint.to_string(),
        }
    }

    fn foreign_hint(&self, package: &str) -> String {
        if packages::is_certain(self, package) {
            return format!("what `{package}` holds is not read here: state the value itself");
        }
        match near_miss(package, self.modules_at_hand()) {
            Some(near) => format!("`{package}` is not in the bundle; did you mean `{near}`?"),
            None => {
                format!("`{package}` is not in the bundle: put it there, or state the value itself")
            }
        }
    }

    /// The names of modules that imports of the file find in the bundle.
    fn modules_at_hand(&self) -> impl Iterator<Item = &'a str> {
        let roots = search::roots(self);
        let sources = self.sources;
        sources.tree().paths().filter_map(move |path| {
            let stem = path.strip_suffix(".py")?;
            let stem = stem.strip_suffix("/__init__").unwrap_or(stem);
            let (folder, name) = stem.rfind('/').map_or(("", stem), |at| stem.split_at(at + 1));
            roots.iter().any(|it| it.inside == folder).then_some(name)
        })
    }
}
