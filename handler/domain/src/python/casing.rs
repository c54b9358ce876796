//! Names of fields in other cases: `alias_generator=to_camel`. Source: pydantic's `alias_generators`.

use ruff_python_ast::Expr;

use super::scope::Scope;

/// A function that makes an alias of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Casing {
    /// `to_camel`
    Camel,
    /// `to_pascal`
    Pascal,
    /// `to_snake`
    Snake,
    /// `str.upper`
    Upper,
    /// `str.lower`
    Lower,
    /// `str.title`
    Title,
}

impl Casing {
    /// The function that `expr` names, or that an `AliasGenerator(…)` has for what is taken.
    pub(super) fn of(expr: &Expr, scope: &Scope<'_>) -> Option<Self> {
        if let Expr::Call(call) = expr {
            let dotted = scope.dotted(&call.func)?;
            let given = |name| call.arguments.find_keyword(name).map(|it| &it.value);
            let name = given("validation_alias").or_else(|| given("alias"));
            let name = name.or_else(|| call.arguments.find_positional(0))?;
            return dotted.ends_with(".AliasGenerator").then(|| Self::of(name, scope)).flatten();
        }
        Some(match scope.dotted(expr)?.as_str() {
            "pydantic.alias_generators.to_camel" => Self::Camel,
            "pydantic.alias_generators.to_pascal" => Self::Pascal,
            "pydantic.alias_generators.to_snake" => Self::Snake,
            "builtins.str.upper" => Self::Upper,
            "builtins.str.lower" => Self::Lower,
            "builtins.str.title" => Self::Title,
            _ => return None,
        })
    }

    /// The alias of `name`.
    pub(super) fn apply(self, name: &str) -> String {
        match self {
            Self::Upper => name.to_uppercase(),
            Self::Lower => name.to_lowercase(),
            Self::Title => titled(name),
            Self::Pascal => pascal(name),
            Self::Camel => camel(name),
            Self::Snake => snake(name),
        }
    }
}

/// As Python's `str.title()`.
pub(super) fn titled(text: &str) -> String {
    let mut inside = false;
    let mut out = String::new();
    for it in text.chars() {
        if inside {
            out.extend(it.to_lowercase());
        } else {
            out.extend(it.to_uppercase());
        }
        inside = it.is_alphabetic();
    }
    out
}

/// Without each `_` between two letters or digits, unless what follows is no capital.
fn pascal(name: &str) -> String {
    let letters: Vec<char> = titled(name).chars().collect();
    let at = |it: usize| letters.get(it).copied().unwrap_or('_');
    let is_joint = |it: usize| {
        it > 0
            && at(it) == '_'
            && at(it - 1).is_ascii_alphanumeric()
            && (at(it + 1).is_ascii_digit() || at(it + 1).is_ascii_uppercase())
    };
    (0..letters.len()).filter(|it| !is_joint(*it)).map(at).collect()
}

fn camel(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let is_camel = name.starts_with(|it: char| it.is_ascii_lowercase())
        && letters.iter().all(char::is_ascii_alphanumeric)
        && !letters
            .windows(2)
            .any(|it| matches!(it, [a, b] if a.is_ascii_digit() && b.is_ascii_lowercase()));
    if is_camel {
        return name.to_owned();
    }
    let name = pascal(name);
    let bare = name.trim_start_matches('_');
    let before = name.len() - bare.len();
    let mut rest = bare.chars();
    let first = rest.next().map(|it| it.to_ascii_lowercase());
    "_".repeat(before).chars().chain(first).chain(rest).collect()
}

fn snake(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (at, it) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|it| letters.get(it)).copied().unwrap_or('_');
        let next = letters.get(at + 1).copied().unwrap_or('_');
        let begins = it.is_ascii_uppercase()
            && (before.is_ascii_lowercase()
                || before.is_ascii_digit()
                || (before.is_ascii_uppercase() && next.is_ascii_lowercase()));
        if begins || (it.is_ascii_digit() && before.is_ascii_lowercase()) {
            out.push('_');
        }
        out.push(if *it == '-' { '_' } else { it.to_ascii_lowercase() });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Casing;

    #[test]
    fn names_change_their_case_as_in_pydantic() {
        for (casing, name, want) in [
            (Casing::Camel, "first_name", "firstName"),
            (Casing::Camel, "_private_one", "_privateOne"),
            (Casing::Camel, "zip_code_2", "zipCode2"),
            (Casing::Camel, "alreadyCamel", "alreadyCamel"),
            (Casing::Pascal, "first_name", "FirstName"),
            (Casing::Snake, "HTTPServer2", "http_server_2"),
            (Casing::Title, "first_name", "First_Name"),
        ] {
            assert_eq!(casing.apply(name), want);
        }
    }
}
