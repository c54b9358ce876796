//! Names of Python and of blocks that are made of other names.

const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

/// Whether `name` can be that of an argument.
pub(super) fn is_identifier(name: &str) -> bool {
    name.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_')
        && name.chars().all(|it| it.is_ascii_alphanumeric() || it == '_')
        && !KEYWORDS.contains(&name)
}

/// `ETL (daily)` as `etl_daily`; with `prefix_` before what cannot start a name.
pub(super) fn identifier(name: &str, prefix: &str) -> String {
    let words = name.split(|it: char| !it.is_ascii_alphanumeric()).filter(|it| !it.is_empty());
    let name = words.map(str::to_lowercase).collect::<Vec<_>>().join("_");
    let name: String = name.chars().take(60).collect();
    let starts = name.starts_with(|it: char| it.is_ascii_alphabetic());
    match name.as_str() {
        "" => prefix.to_owned(),
        it if !starts || KEYWORDS.contains(&it) => format!("{prefix}_{it}"),
        it => it.to_owned(),
    }
}

/// The name of the block for the secret `name`: Prefect takes lower-case letters, digits and dashes.
pub(super) fn block(name: &str) -> String {
    let words = name.split(|it: char| !it.is_ascii_alphanumeric()).filter(|it| !it.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}
