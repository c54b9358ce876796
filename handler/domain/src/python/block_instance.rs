//! `LocalFileSystem(basepath="/data")` as a default: the JSON of a block of Prefect's own.
//!
//! Source: what Prefect 3.9.1 and 2.20.27 show of each.

use ruff_python_ast::{ExprCall, Identifier};
use serde_json::{Map, Value, json};

use super::default::{Evaluated, value};
use super::scope::Scope;

/// What a field takes, as it is shown.
#[derive(Clone, Copy)]
enum Kind {
    /// A text, or nothing, which is the default.
    Optional,
    /// A text that is never shown.
    Secret,
}

/// The block that `call` of the class `dotted` makes; `None` when it is none of those that are known here.
pub(super) fn made(
    dotted: &str,
    call: &ExprCall,
    scope: &Scope<'_>,
    depth: usize,
) -> Option<Evaluated> {
    let (slug, name, kind) = match dotted {
        "prefect.filesystems.LocalFileSystem" => ("local-file-system", "basepath", Kind::Optional),
        "prefect.blocks.system.Secret" => ("secret", "value", Kind::Secret),
        _ => return None,
    };
    let given = match &*call.arguments.keywords {
        [] => None,
        [one] if one.arg.as_ref().map(Identifier::as_str) == Some(name) => Some(&one.value),
        _ => return None,
    };
    if !call.arguments.args.is_empty() {
        return None;
    }
    let given = given.map(|it| value(it, scope, depth + 1));
    let shown = match (kind, given) {
        (Kind::Optional, None | Some(Evaluated::Json(Value::Null))) => Value::Null,
        (Kind::Optional, Some(Evaluated::Json(Value::String(it)) | Evaluated::Text(it))) => {
            it.into()
        }
        (Kind::Secret, Some(Evaluated::Json(Value::String(it)))) if !it.is_empty() => {
            json!("**********")
        }
        _ => return Some(Evaluated::Unknown),
    };
    let pairs = [(name.to_owned(), shown), ("block_type_slug".to_owned(), slug.into())];
    Some(Evaluated::Shown(pairs.into_iter().collect::<Map<_, _>>().into()))
}
