//! The names that need no import.

/// Those that are no exceptions.
const NAMES: [&str; 69] = [
    "NotImplemented",
    "__build_class__",
    "__import__",
    "abs",
    "all",
    "any",
    "ascii",
    "bin",
    "bool",
    "breakpoint",
    "bytearray",
    "bytes",
    "callable",
    "chr",
    "classmethod",
    "compile",
    "complex",
    "delattr",
    "dict",
    "dir",
    "divmod",
    "enumerate",
    "eval",
    "exec",
    "exit",
    "filter",
    "float",
    "format",
    "frozenset",
    "getattr",
    "globals",
    "hasattr",
    "hash",
    "help",
    "hex",
    "id",
    "input",
    "int",
    "isinstance",
    "issubclass",
    "iter",
    "len",
    "list",
    "locals",
    "map",
    "max",
    "memoryview",
    "min",
    "next",
    "object",
    "oct",
    "open",
    "ord",
    "pow",
    "print",
    "property",
    "quit",
    "range",
    "repr",
    "reversed",
    "round",
    "set",
    "setattr",
    "slice",
    "sorted",
    "staticmethod",
    "str",
    "sum",
    "super",
];

const MORE: [&str; 6] = ["aiter", "anext", "tuple", "type", "vars", "zip"];

/// Whether `name` is one of Python's own.
pub(crate) fn is_builtin(name: &str) -> bool {
    NAMES.contains(&name) || MORE.contains(&name) || is_exception(name)
}

/// Whether `name` is an exception of Python's own.
pub(super) fn is_exception(name: &str) -> bool {
    const ENDS: [&str; 6] =
        ["Error", "Warning", "Exit", "Interrupt", "Exception", "ExceptionGroup"];
    name.starts_with(|it: char| it.is_ascii_uppercase())
        && !name.contains('.')
        && (ENDS.iter().any(|it| name.ends_with(it)) || name.starts_with("Stop"))
}
