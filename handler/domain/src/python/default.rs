//! Default values: literals, constants of the module, enum members, simple calls.

use ruff_python_ast::{Expr, ExprCall, Number, UnaryOp};
use serde_json::{Map, Value, json};

use super::scope::{Bound, Scope};

/// Deepest nesting of a value.
const MAX_DEPTH: usize = 40;

/// Most values of one default: names that repeat names would fill the memory.
const MAX_SIZE: usize = 10_000;

fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(map) => map.values().map(size).sum(),
        _ => 0,
    }
}

/// What an expression gives.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Evaluated {
    /// Its JSON, as pydantic writes it.
    Json(Value),
    /// A value that has no JSON: the `default` key is left out.
    Opaque,
    /// A name or call that the bundle does not explain: Prefect's fallback gives null.
    Unknown,
}

impl Evaluated {
    /// The JSON, if it has one.
    pub(super) fn into_json(self) -> Option<Value> {
        if let Self::Json(value) = self { Some(value) } else { None }
    }
}

/// The value of `expr` in the module `scope`.
pub(super) fn evaluate(expr: &Expr, scope: &Scope<'_>) -> Evaluated {
    value(expr, scope, 0)
}

fn value(expr: &Expr, scope: &Scope<'_>, depth: usize) -> Evaluated {
    if depth > MAX_DEPTH {
        return Evaluated::Unknown;
    }
    let inner = |it: &Expr| value(it, scope, depth + 1);
    match expr {
        Expr::NoneLiteral(_) => Evaluated::Json(Value::Null),
        Expr::BooleanLiteral(it) => Evaluated::Json(it.value.into()),
        Expr::StringLiteral(it) => Evaluated::Json(it.value.to_str().into()),
        Expr::BytesLiteral(it) => {
            let bytes: Vec<u8> = it.value.bytes().collect();
            String::from_utf8(bytes).map_or(Evaluated::Opaque, |it| Evaluated::Json(it.into()))
        }
        Expr::NumberLiteral(it) => number(&it.value),
        Expr::UnaryOp(it) => unary(it.op, inner(&it.operand)),
        Expr::List(it) => list(it.elts.iter().map(inner)),
        Expr::Tuple(it) => list(it.elts.iter().map(inner)),
        Expr::Set(it) => list(it.elts.iter().map(inner)),
        Expr::Dict(it) => {
            let pairs = it.items.iter().map(|it| (it.key.as_ref().map(inner), inner(&it.value)));
            dict(pairs)
        }
        Expr::Name(it) => match scope.get(it.id.as_str()) {
            Some(Bound::Value(bound)) => value(bound, scope, depth + 1),
            Some(Bound::Class(_) | Bound::Function) => Evaluated::Opaque,
            Some(Bound::Import(_) | Bound::Unknown) => Evaluated::Unknown,
            None => builtin(it.id.as_str()),
        },
        Expr::Attribute(it) => attribute(it, scope, depth),
        Expr::Call(it) => call(it, scope, depth),
        _ => Evaluated::Unknown,
    }
}

fn builtin(name: &str) -> Evaluated {
    let known = [
        "int", "str", "float", "bool", "list", "dict", "set", "tuple", "print", "len", "object",
        "type",
    ];
    if known.contains(&name) { Evaluated::Opaque } else { Evaluated::Unknown }
}

fn number(number: &Number) -> Evaluated {
    match number {
        Number::Int(it) => it.as_i64().map_or(Evaluated::Unknown, |it| Evaluated::Json(it.into())),
        Number::Float(it) => Evaluated::Json((*it).into()),
        Number::Complex { .. } => Evaluated::Opaque,
    }
}

fn unary(op: UnaryOp, operand: Evaluated) -> Evaluated {
    match (op, operand) {
        (UnaryOp::USub, Evaluated::Json(it)) => match (it.as_i64(), it.as_f64()) {
            (Some(whole), _) => {
                whole.checked_neg().map_or(Evaluated::Unknown, |it| Evaluated::Json(it.into()))
            }
            (None, Some(real)) => Evaluated::Json((-real).into()),
            (None, None) => Evaluated::Unknown,
        },
        (UnaryOp::UAdd, it @ Evaluated::Json(_)) => it,
        (UnaryOp::Not, Evaluated::Json(Value::Bool(it))) => Evaluated::Json((!it).into()),
        _ => Evaluated::Unknown,
    }
}

fn list(items: impl Iterator<Item = Evaluated>) -> Evaluated {
    let mut out = Vec::new();
    for item in items {
        match item {
            Evaluated::Json(value) => out.push(value),
            other => return other,
        }
    }
    if out.iter().map(size).sum::<usize>() > MAX_SIZE {
        return Evaluated::Unknown;
    }
    Evaluated::Json(out.into())
}

fn dict(pairs: impl Iterator<Item = (Option<Evaluated>, Evaluated)>) -> Evaluated {
    let mut out = Map::new();
    for pair in pairs {
        match pair {
            (Some(Evaluated::Json(key)), Evaluated::Json(value)) => {
                let key = key.as_str().map_or_else(|| key.to_string(), str::to_owned);
                out.insert(key, value);
            }
            (_, Evaluated::Opaque) => return Evaluated::Opaque,
            _ => return Evaluated::Unknown,
        }
    }
    if out.values().map(size).sum::<usize>() > MAX_SIZE {
        return Evaluated::Unknown;
    }
    Evaluated::Json(out.into())
}

/// `Color.RED`, `Color.RED.value`, `os.getcwd`.
fn attribute(it: &ruff_python_ast::ExprAttribute, scope: &Scope<'_>, depth: usize) -> Evaluated {
    let member = |owner: &Expr, name: &str| {
        let members = scope.members(scope.class(owner)?)?;
        members.into_iter().find(|(it, _)| *it == name).map(|(_, it)| value(it, scope, depth + 1))
    };
    if let Some(found) = member(&it.value, it.attr.as_str()) {
        return found;
    }
    if let (Expr::Attribute(inner), "value") = (&*it.value, it.attr.as_str())
        && let Some(found) = member(&inner.value, inner.attr.as_str())
    {
        return found;
    }
    match scope.dotted(expr_root(&it.value)) {
        Some(root) if ["os", "math", "json", "datetime"].contains(&root.as_str()) => {
            Evaluated::Opaque
        }
        _ => Evaluated::Unknown,
    }
}

fn expr_root(expr: &Expr) -> &Expr {
    if let Expr::Attribute(it) = expr { expr_root(&it.value) } else { expr }
}

fn call(it: &ExprCall, scope: &Scope<'_>, depth: usize) -> Evaluated {
    if scope.class(&it.func).is_some() {
        return Evaluated::Opaque;
    }
    let Some(dotted) = scope.dotted(&it.func) else { return Evaluated::Unknown };
    let arguments: Option<Vec<Value>> =
        it.arguments.args.iter().map(|it| value(it, scope, depth + 1).into_json()).collect();
    let Some(arguments) = arguments else { return Evaluated::Unknown };
    let keyword = |name: &str| {
        let found = it
            .arguments
            .keywords
            .iter()
            .find(|it| it.arg.as_ref().is_some_and(|it| it.as_str() == name))?;
        Some(&found.value)
    };
    let number =
        |name: &str| keyword(name).and_then(|it| value(it, scope, depth + 1).into_json()?.as_f64());
    let text = || arguments.first().and_then(Value::as_str).map(str::to_owned);
    let is_unit = |it: &ruff_python_ast::Keyword| {
        it.arg.as_ref().is_some_and(|it| {
            ["weeks", "days", "hours", "minutes", "seconds"].contains(&it.as_str())
        })
    };
    let made = match dotted.as_str() {
        "datetime.datetime" => moment(
            &arguments,
            keyword("tzinfo").map(|it| scope.dotted(it).unwrap_or_default()).as_deref(),
        ),
        "datetime.date" => date(&arguments).map(|it| json!(it)),
        "datetime.time" => time(&arguments).map(|it| json!(it)),
        "datetime.timedelta"
            if arguments.is_empty() && it.arguments.keywords.iter().all(is_unit) =>
        {
            Some(json!(duration(number)))
        }
        "pathlib.Path" | "uuid.UUID" | "decimal.Decimal" => text().map(|it| json!(it)),
        "pydantic.SecretStr" => Some(json!("**********")),
        "builtins.dict" | "builtins.list" | "builtins.set"
            if arguments.is_empty() && it.arguments.keywords.is_empty() =>
        {
            Some(if dotted == "builtins.dict" { json!({}) } else { json!([]) })
        }
        "builtins.str" | "builtins.int" | "builtins.float" if arguments.len() == 1 => {
            arguments.first().filter(|it| !it.is_string() || dotted == "builtins.str").cloned()
        }
        _ => None,
    };
    made.map_or(Evaluated::Unknown, Evaluated::Json)
}

fn whole(arguments: &[Value], at: usize) -> Option<i64> {
    arguments.get(at).map_or(Some(0), Value::as_i64)
}

fn date(arguments: &[Value]) -> Option<String> {
    let [year, month, day] = [whole(arguments, 0)?, whole(arguments, 1)?, whole(arguments, 2)?];
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    let date = jiff::civil::Date::new(i16::try_from(year).ok()?, month, day).ok()?;
    Some(date.to_string())
}

fn time(arguments: &[Value]) -> Option<String> {
    let [hour, minute, second] = [whole(arguments, 0)?, whole(arguments, 1)?, whole(arguments, 2)?];
    let valid = (0..24).contains(&hour) && (0..60).contains(&minute) && (0..60).contains(&second);
    valid.then(|| format!("{hour:02}:{minute:02}:{second:02}"))
}

fn moment(arguments: &[Value], zone: Option<&str>) -> Option<Value> {
    let day = date(arguments.get(..3)?)?;
    let time = time(arguments.get(3..).unwrap_or_default())?;
    let zone = match zone {
        None => "",
        Some("datetime.timezone.utc") => "Z",
        Some(_) => return None,
    };
    Some(json!(format!("{day}T{time}{zone}")))
}

/// ISO 8601, as pydantic writes it: `P1DT2H`.
fn duration(number: impl Fn(&str) -> Option<f64>) -> String {
    let units = [
        ("weeks", 604_800.0),
        ("days", 86_400.0),
        ("hours", 3600.0),
        ("minutes", 60.0),
        ("seconds", 1.0),
    ];
    let total: f64 = units.into_iter().filter_map(|(name, size)| Some(number(name)? * size)).sum();
    let sign = if total < 0.0 { "-" } else { "" };
    let mut rest = total.abs();
    let mut take = |size: f64| {
        let count = (rest / size).floor();
        rest -= count * size;
        count
    };
    let [days, hours, minutes] = [take(86_400.0), take(3600.0), take(60.0)];
    let part =
        |count: f64, unit: &str| if count > 0.0 { format!("{count}{unit}") } else { String::new() };
    let clock = format!("{}{}{}", part(hours, "H"), part(minutes, "M"), part(rest, "S"));
    match (days > 0.0, clock.is_empty()) {
        (false, true) => "PT0S".to_owned(),
        (true, true) => format!("{sign}P{days}D"),
        (_, false) => format!("{sign}P{}T{clock}", part(days, "D")),
    }
}
