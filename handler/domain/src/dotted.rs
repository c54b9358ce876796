//! Dotted names of Python: `package.module.Name`.

/// The package that `dotted` begins with.
pub(crate) fn first(dotted: &str) -> &str {
    dotted.split('.').next().unwrap_or(dotted)
}

/// Whether `dotted` is `module`, or in it.
pub(crate) fn is_within(dotted: &str, module: &str) -> bool {
    dotted.strip_prefix(module).is_some_and(|it| it.is_empty() || it.starts_with('.'))
}
