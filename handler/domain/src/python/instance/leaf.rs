//! What types outside the bundle show of a value.

use serde_json::Value;

use super::converted::converted;
use super::fitting::Way;

/// What the type `dotted` shows of `value`.
pub(super) fn kept(value: Value, dotted: &str, way: Way<'_>) -> Option<Value> {
    let name = dotted.rsplit('.').next().unwrap_or_default();
    let owners = ["builtins.", "typing", "pydantic", "prefect.types."];
    let name = if owners.iter().any(|it| dotted.starts_with(it)) { name } else { dotted };
    match (name, &value) {
        (
            "float" | "PositiveFloat" | "NonNegativeFloat" | "NegativeFloat" | "NonPositiveFloat"
            | "StrictFloat" | "FiniteFloat",
            Value::Number(it),
        ) => {
            return it.as_f64().map(Value::from);
        }
        ("SecretStr" | "SecretBytes", _) => return secret(&value, way),
        ("HttpUrl" | "AnyUrl" | "AnyHttpUrl", Value::String(text))
            if way.is_checked && way.is_raw && !dotted.starts_with("pydantic.v1") =>
        {
            return address(text).map(Value::from);
        }
        _ if !way.is_checked => return Some(value),
        ("Json", _) if way.is_lax && way.is_raw => return parsed(&value),
        _ => {}
    }
    let fits = match name {
        "int" | "PositiveInt" | "NonNegativeInt" | "NegativeInt" | "NonPositiveInt"
        | "StrictInt" | "NonNegativeInteger" | "PositiveInteger" | "StatusCode" => {
            value.is_i64() || value.is_u64()
        }
        "str" | "StrictStr" | "bytes" | "StrictBytes" => value.is_string(),
        "bool" | "StrictBool" => value.is_boolean(),
        "float" | "PositiveFloat" | "NonNegativeFloat" | "NegativeFloat" | "NonPositiveFloat"
        | "StrictFloat" | "FiniteFloat" => false,
        "Any" | "object" | "Hashable" | "JsonValue" | "type" | "Type" => true,
        "list"
        | "List"
        | "tuple"
        | "Tuple"
        | "Sequence"
        | "collections.abc.Sequence"
        | "set"
        | "Set"
        | "frozenset"
        | "FrozenSet" => value.is_array(),
        "dict" | "Dict" | "Mapping" | "collections.abc.Mapping" => value.is_object(),
        _ if !way.is_raw => true,
        _ => value.as_str().is_some_and(|it| is_canonical(name, it)),
    };
    match fits {
        true => Some(value),
        false if way.is_lax && way.is_raw => converted(name, &value),
        false => None,
    }
}

/// What a field of the type `Json` makes of a text.
pub(super) fn parsed(value: &Value) -> Option<Value> {
    serde_json::from_str(value.as_str()?).ok()
}

/// A secret is never shown, also where it is given as a text.
fn secret(value: &Value, way: Way<'_>) -> Option<Value> {
    const MASK: &str = "**********";
    let shown = if value.as_str()?.is_empty() { "" } else { MASK };
    (way.is_checked || value == shown).then(|| shown.into())
}

/// Whether the text `it` is what the type shows of it.
fn is_canonical(name: &str, it: &str) -> bool {
    match name {
        "FilePath" | "DirectoryPath" | "NewPath" => is_path(it),
        name if name.starts_with("pathlib.") => is_path(it),
        "datetime.date" | "PastDate" | "FutureDate" => has_form(it, "0000-00-00"),
        "datetime.datetime" | "AwareDatetime" | "NaiveDatetime" | "PastDatetime"
        | "FutureDatetime" => has_form(it.trim_end_matches('Z'), "0000-00-00T00:00:00"),
        "datetime.time" => has_form(it, "00:00:00"),
        "decimal.Decimal" => {
            let (whole, part) = it.trim_start_matches('-').split_once('.').unwrap_or((it, "0"));
            let is_digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
            is_digits(whole.trim_start_matches('-')) && is_digits(part)
        }
        "uuid.UUID" | "UUID1" | "UUID3" | "UUID4" | "UUID5" => {
            has_form(it, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx")
        }
        "EmailStr" => it.contains('@') && *it == it.to_ascii_lowercase() && it.is_ascii(),
        "ipaddress.IPv4Address" | "IPvAnyAddress" => {
            it.bytes().all(|it| it.is_ascii_digit() || it == b'.')
        }
        "HttpUrl" | "AnyUrl" | "AnyHttpUrl" | "re.Pattern" | "Pattern" | "zoneinfo.ZoneInfo" => {
            true
        }
        _ => false,
    }
}

/// Whether `it` has a digit for each `0` of `form`, one of base 16 for each `x`, and else the same.
fn has_form(it: &str, form: &str) -> bool {
    let fits = |(it, form): (u8, u8)| match form {
        b'0' => it.is_ascii_digit(),
        b'x' => it.is_ascii_digit() || (b'a'..=b'f').contains(&it),
        same => it == same,
    };
    it.len() == form.len() && it.bytes().zip(form.bytes()).all(fits)
}

/// Whether `Path(it)` shows itself as that.
fn is_path(it: &str) -> bool {
    let rest = it.strip_prefix('/').unwrap_or(it);
    it == "/" || it == "." || rest.split('/').all(|it| !it.is_empty() && it != ".")
}

/// What pydantic 2 shows of the address `text`, if that is a plain one.
fn address(text: &str) -> Option<String> {
    let (scheme, rest) = text.split_once("://")?;
    let (rest, query) = rest.split_at(rest.find(['?', '#']).unwrap_or(rest.len()));
    let (host, path) = rest.split_once('/').map_or((rest, None), |(host, path)| (host, Some(path)));
    let host = host.to_ascii_lowercase();
    let is_host = |it: u8| it.is_ascii_alphanumeric() || b".-:".contains(&it);
    let is_query = |it: u8| it.is_ascii_alphanumeric() || b"._~/-=&?#+,:;@!$*".contains(&it);
    let is_path = |it: u8| it.is_ascii_alphanumeric() || b"._~/-".contains(&it);
    let port = host.split_once(':').map(|(_, port)| port);
    let is_other = port.is_none_or(|it| !["", "80", "443"].contains(&it) && !it.starts_with('0'));
    let is_plain = matches!(scheme, "http" | "https")
        && !host.is_empty()
        && host.bytes().all(is_host)
        && query.bytes().all(is_query)
        && is_other
        && path.is_none_or(|it| it.bytes().all(is_path))
        && path.is_none_or(|it| it.split('/').all(|it| it != "." && it != ".."));
    let path = path.unwrap_or_default();
    is_plain.then(|| format!("{scheme}://{host}/{path}{query}"))
}
