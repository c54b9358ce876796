//! Values as pydantic 1 writes them, where that differs. Source: `pydantic_encoder` of `pydantic.v1`.

use serde_json::{Value, json};

use super::default::Evaluated;
use super::scope::Scope;

impl Evaluated {
    /// The JSON that is shown where `scope` is, if there is one.
    pub(super) fn shown_in(self, scope: &Scope<'_>) -> Option<Value> {
        self.held_in(scope).into_json()
    }

    /// What a list or dict holds of it.
    pub(super) fn held_in(self, scope: &Scope<'_>) -> Self {
        match self {
            Self::Span(it) if scope.is_one => Self::Shown(json!(seconds(it))),
            Self::Region(_) | Self::Complex(..) if scope.is_one => Self::Opaque,
            other => other,
        }
    }
}

/// `timedelta.total_seconds()`
#[expect(clippy::cast_precision_loss, reason = "Python divides floats, too")]
fn seconds(microseconds: i128) -> f64 {
    microseconds as f64 / 1e6
}

/// What a call of `dotted` gives, which is `made` to pydantic 2.
pub(super) fn made(dotted: &str, made: Evaluated) -> Evaluated {
    match (dotted, made) {
        ("datetime.datetime" | "datetime.time", Evaluated::Shown(Value::String(it))) => {
            let text = it.strip_suffix('Z').map(|it| format!("{it}+00:00"));
            Evaluated::Shown(text.unwrap_or(it).into())
        }
        ("decimal.Decimal", Evaluated::Text(it)) => {
            let number = if it.contains(['.', 'e', 'E']) {
                it.trim().parse().map(|it: f64| json!(it)).ok()
            } else {
                it.trim().parse().map(|it: i64| json!(it)).ok()
            };
            number.map_or(Evaluated::Unknown, Evaluated::Shown)
        }
        (
            "pydantic.v1.SecretStr"
            | "pydantic.v1.types.SecretStr"
            | "pydantic.v1.SecretBytes"
            | "pydantic.v1.types.SecretBytes",
            _,
        ) => Evaluated::Shown(json!("**********")),
        ("pydantic.SecretStr", _) => Evaluated::Opaque,
        (_, made) => made,
    }
}
