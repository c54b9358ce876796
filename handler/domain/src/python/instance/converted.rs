//! What pydantic 2 makes of a value that is not of the type of its field, where it is not strict.
//!
//! Source: its conversion table, for values from Python.

use serde_json::Value;

use crate::evaluate::plain_path;
use crate::python::call;
use crate::python::default::Evaluated;
use crate::python::moment;
use crate::python::numeral;

/// The largest whole number that surely is one as a float, too.
const MAX_WHOLE: f64 = 1e15;

/// What the type `name` shows of `value`, which is its own JSON; `None` where it would refuse it, or that is not known.
pub(super) fn converted(name: &str, value: &Value) -> Option<Value> {
    match name {
        "int" | "PositiveInt" | "NonNegativeInt" | "NegativeInt" | "NonPositiveInt"
        | "NonNegativeInteger" | "PositiveInteger" => whole(value),
        "float" | "PositiveFloat" | "NonNegativeFloat" | "NegativeFloat" | "NonPositiveFloat"
        | "FiniteFloat" => match value {
            Value::Bool(_) | Value::String(_) => numeral::float(value).map(Value::from),
            _ => None,
        },
        "bool" => truth(value).map(Value::from),
        "datetime.timedelta" => span(value.as_f64()?).map(Value::from),
        "decimal.Decimal" => {
            let text = value.is_number().then(|| call::text(&Evaluated::Json(value.clone())))??;
            (!text.contains('e')).then(|| text.into())
        }
        "pathlib.Path" | "pathlib.PurePath" | "pathlib.PosixPath" | "pathlib.PurePosixPath" => {
            value.as_str().map(|it| plain_path(it).into())
        }
        _ => None,
    }
}

fn whole(value: &Value) -> Option<Value> {
    match value {
        Value::Bool(_) | Value::String(_) => numeral::int(value).map(Value::from),
        Value::Number(it) => {
            let it = it.as_f64().filter(|it| it.fract() == 0.0 && it.abs() < MAX_WHOLE)?;
            numeral::int(&it.into()).map(Value::from)
        }
        _ => None,
    }
}

fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Number(it) => match it.as_f64()? {
            0.0 => Some(false),
            1.0 => Some(true),
            _ => None,
        },
        Value::String(it) => match it.to_ascii_lowercase().as_str() {
            "1" | "true" | "yes" | "on" | "t" | "y" => Some(true),
            "0" | "false" | "no" | "off" | "f" | "n" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// A number of seconds.
fn span(seconds: f64) -> Option<String> {
    let microseconds = (seconds * 1e6).round();
    // as text: a cast of what is too large would give another number
    let whole: i128 =
        (microseconds.abs() < MAX_WHOLE).then(|| format!("{microseconds:.0}").parse().ok())??;
    Some(moment::iso(whole))
}
