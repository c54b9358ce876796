//! Calls whose value is known without running them: conversions, dates, paths.

use ruff_python_ast::ExprCall;
use serde_json::{Value, json};

use super::block_instance;
use super::collection::{self, MAX_SIZE, size};
use super::default::{Evaluated, value};
use super::enumeration::{self, Enumeration};
use super::instance;
use super::moment;
use super::numeral;
use super::older;
use super::scope::Scope;
use super::usual;
use crate::evaluate::plain_path;

/// The arguments of a call, all of them known.
#[derive(Debug, Default)]
pub(super) struct Given {
    positional: Vec<Evaluated>,
    named: Vec<(String, Evaluated)>,
}

impl Given {
    fn of(it: &ExprCall, scope: &Scope<'_>, depth: usize) -> Option<Self> {
        let mut out = Self::default();
        let known = |it| match value(it, scope, depth + 1) {
            Evaluated::Opaque | Evaluated::Unknown => None,
            known => Some(known),
        };
        for it in &it.arguments.args {
            out.positional.push(known(it)?);
        }
        for it in &it.arguments.keywords {
            out.named.push((it.arg.as_ref()?.as_str().to_owned(), known(&it.value)?));
        }
        Some(out)
    }

    /// The argument of the parameter `name`, which is the one at `position`.
    pub(super) fn get(&self, name: &str, position: usize) -> Option<&Evaluated> {
        let named = self.named.iter().find(|(it, _)| it == name).map(|(_, it)| it);
        named.or_else(|| self.positional.get(position))
    }

    /// These arguments, if `names` are all the parameters there are.
    pub(super) fn within(&self, names: &[&str]) -> Option<&Self> {
        let fits = self.positional.len() <= names.len()
            && self.named.iter().all(|(it, _)| names.contains(&it.as_str()));
        fits.then_some(self)
    }

    /// The argument without a name, if that is all there is; empty when there is none.
    fn only(&self) -> Option<&[Evaluated]> {
        (self.named.is_empty() && self.positional.len() <= 1).then_some(&self.positional)
    }
}

/// The value of the call `it`.
pub(super) fn call(it: &ExprCall, scope: &Scope<'_>, depth: usize) -> Evaluated {
    if let Some(found) = enumeration::of(&it.func, scope, depth) {
        return by_value(found, it, scope, depth);
    }
    // of `Page[int](…)`, the values are those of `Page(…)`
    let class = it.func.as_subscript_expr().map_or(&*it.func, |it| &it.value);
    if let Some((home, class)) = scope.class(class) {
        return instance::made(class, &home, it, scope, depth);
    }
    let Some(dotted) = scope.dotted(&it.func) else { return Evaluated::Unknown };
    if let Some(found) = block_instance::made(&dotted, it, scope, depth) {
        return found;
    }
    let keywords = it.arguments.keywords.iter().map(|it| &it.value);
    let mut arguments = it.arguments.args.iter().chain(keywords);
    if usual::makes_opaque(&dotted)
        && arguments.all(|it| value(it, scope, depth + 1) != Evaluated::Unknown)
    {
        return Evaluated::Opaque;
    }
    let Some(given) = Given::of(it, scope, depth) else { return Evaluated::Unknown };
    let made = match dotted.strip_prefix("builtins.") {
        Some(name) => converted(name, &given),
        None if matches!(dotted.as_str(), "os.getenv" | "os.environ.get") => {
            variable(&given, scope)
        }
        None => made(&dotted, &given),
    };
    let made = made.unwrap_or(Evaluated::Unknown);
    if scope.is_one { older::made(&dotted, made) } else { made }
}

/// `Color("red")`.
fn by_value(found: Enumeration<'_>, it: &ExprCall, scope: &Scope<'_>, depth: usize) -> Evaluated {
    let given = Given::of(it, scope, depth);
    let wanted = given.as_ref().and_then(|it| it.only()?.first());
    let member = found.members.into_iter().map(|(_, it)| it).find(|it| Some(it) == wanted);
    member.map_or(Evaluated::Unknown, Evaluated::shown)
}

/// `os.getenv("HOST", "localhost")`: without the variable it is the default.
fn variable(given: &Given, scope: &Scope<'_>) -> Option<Evaluated> {
    let given = given.within(&["key", "default"])?;
    let Evaluated::Json(Value::String(name)) = given.get("key", 0)? else { return None };
    scope.note_variable(name);
    Some(given.get("default", 1).cloned().unwrap_or(Evaluated::Json(Value::Null)))
}

fn made(dotted: &str, given: &Given) -> Option<Evaluated> {
    let text = || match given.only()?.first()? {
        Evaluated::Json(Value::String(it)) => Some(Evaluated::Text(it.clone())),
        _ => None,
    };
    match dotted {
        "datetime.datetime" => moment::datetime(given),
        "datetime.date" => moment::date(given),
        "datetime.time" => moment::time(given),
        "datetime.timedelta" => moment::timedelta(given),
        "datetime.timezone" => moment::timezone(given),
        "zoneinfo.ZoneInfo" => moment::region(given.within(&["key"])?.get("key", 0)?),
        "pathlib.Path" | "pathlib.PurePath" | "pathlib.PosixPath" | "pathlib.PurePosixPath" => {
            match text()? {
                Evaluated::Text(it) => Some(Evaluated::Text(plain_path(&it))),
                other => Some(other),
            }
        }
        "decimal.Decimal" | "re.compile" => text(),
        "uuid.UUID" => uuid(given),
        "pydantic.SecretStr" => Some(Evaluated::Shown(json!("**********"))),
        _ => None,
    }
}

/// A UUID is shown in groups, however it is written.
fn uuid(given: &Given) -> Option<Evaluated> {
    let Evaluated::Json(Value::String(text)) = given.within(&["hex"])?.get("hex", 0)? else {
        return None;
    };
    let hex = text.replace("urn:", "").replace("uuid:", "").replace(['{', '}', '-'], "");
    let read = uuid::Uuid::try_parse(&hex).ok()?;
    Some(Evaluated::Text(read.hyphenated().to_string()))
}

/// `str(5)`, `int("5")`, `list()`.
fn converted(name: &str, given: &Given) -> Option<Evaluated> {
    match name {
        "dict" => return dict(given),
        "complex" => return complex(given),
        // an iterable that pydantic does not show
        "range" => return Some(Evaluated::Opaque),
        _ => {}
    }
    let value = match (name, given.only()?) {
        ("list" | "tuple" | "set" | "frozenset", []) => json!([]),
        ("list" | "tuple", [it]) => items(it)?.collect::<Vec<_>>().into(),
        ("set" | "frozenset", [it]) => {
            return Some(collection::set(items(it)?.map(Evaluated::Json)));
        }
        ("str", []) => json!(""),
        ("str", [it]) => json!(text(it)?),
        ("int", []) => json!(0),
        ("int", [Evaluated::Json(it)]) => json!(numeral::int(it)?),
        ("float", []) => json!(0.0),
        ("float", [Evaluated::Json(it)]) => json!(numeral::float(it)?),
        ("bool", []) => json!(false),
        ("bool", [it]) => json!(truth(it)?),
        _ => return None,
    };
    Some(Evaluated::Json(value))
}

/// What a loop over `it` gives.
fn items(it: &Evaluated) -> Option<Box<dyn Iterator<Item = Value> + '_>> {
    Some(match it {
        Evaluated::Json(Value::Array(it)) => Box::new(it.iter().cloned()),
        Evaluated::Json(Value::String(it)) => {
            Box::new(it.chars().take(MAX_SIZE + 1).map(|it| json!(it.to_string())))
        }
        _ => return None,
    })
}

/// `dict(a=1)`, `dict({"a": 1}, b=2)`.
fn dict(given: &Given) -> Option<Evaluated> {
    let mut out = match given.positional.as_slice() {
        [] => serde_json::Map::new(),
        [Evaluated::Json(Value::Object(it))] => it.clone(),
        _ => return None,
    };
    for (name, it) in &given.named {
        out.insert(name.clone(), it.clone().into_json()?);
    }
    let out = Value::from(out);
    (size(&out) <= MAX_SIZE).then_some(Evaluated::Json(out))
}

/// `complex(1, 2)`.
fn complex(given: &Given) -> Option<Evaluated> {
    let given = given.within(&["real", "imag"])?;
    let part = |name, at| match given.get(name, at) {
        None => Some(0.0),
        Some(Evaluated::Json(Value::Number(it))) => it.as_f64(),
        Some(_) => None,
    };
    Some(Evaluated::Complex(part("real", 0)?, part("imag", 1)?))
}

/// What `bool(…)` gives; members of an enumeration may decide that for themselves.
pub(super) fn truth(it: &Evaluated) -> Option<bool> {
    Some(match it {
        Evaluated::Json(Value::Null) => false,
        Evaluated::Json(Value::Bool(it)) => *it,
        Evaluated::Json(Value::Number(it)) => it.as_f64()? != 0.0,
        Evaluated::Json(Value::String(it)) => !it.is_empty(),
        Evaluated::Json(Value::Array(it)) => !it.is_empty(),
        Evaluated::Json(Value::Object(it)) => !it.is_empty(),
        Evaluated::Span(it) => *it != 0,
        _ => return None,
    })
}

/// What `str(…)` gives.
pub(super) fn text(it: &Evaluated) -> Option<String> {
    Some(match it {
        Evaluated::Json(Value::Null) => "None".to_owned(),
        Evaluated::Json(Value::Bool(true)) => "True".to_owned(),
        Evaluated::Json(Value::Bool(false)) => "False".to_owned(),
        Evaluated::Json(Value::String(it)) | Evaluated::Text(it) => it.clone(),
        Evaluated::Json(Value::Number(it)) if it.is_i64() => it.to_string(),
        Evaluated::Json(Value::Number(it)) => repr(it.as_f64()?),
        _ => return None,
    })
}

/// Python writes the exponent with a sign and two digits.
fn repr(number: f64) -> String {
    let text = format!("{number:?}");
    let Some((digits, exponent)) = text.split_once('e') else { return text };
    let (sign, exponent) = exponent.strip_prefix('-').map_or(('+', exponent), |it| ('-', it));
    format!("{digits}e{sign}{exponent:0>2}")
}
