//! Which objects of the bundle's classes a schema shows as their fields: those of models that say nothing else.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr, Keyword, StmtClassDef};

use super::class::{self, Class, Kind};
use super::value::Value;

/// What changes how a model is shown.
const CHANGING: [&str; 9] = [
    "PlainSerializer",
    "Secret",
    "SecretBytes",
    "SecretStr",
    "WrapSerializer",
    "computed_field",
    "field_serializer",
    "model_serializer",
    "serializer",
];

/// Settings and arguments that do.
const ARGUMENTS: [&str; 7] = [
    "alias",
    "alias_generator",
    "exclude",
    "json_encoders",
    "serialization_alias",
    "use_enum_values",
    "validation_alias",
];

/// Whether `it` is or holds an object that is shown otherwise; looks at `left` values at most.
pub(super) fn holds_other(it: &Value<'_>, left: &mut usize) -> bool {
    if *left == 0 {
        return true;
    }
    *left -= 1;
    match it {
        Value::Instance(it) if it.class.is_data() => {
            !is_shown_by_fields(&it.class)
                || class::as_dict(it).iter().any(|(_, it)| holds_other(it, left))
        }
        Value::List(it) => it.borrow().iter().any(|it| holds_other(it, left)),
        Value::Tuple(it) => it.iter().any(|it| holds_other(it, left)),
        Value::Dict(it) => it.borrow().iter().any(|(_, it)| holds_other(it, left)),
        _ => false,
    }
}

/// Whether an object of `class` is shown as its fields, by their names.
fn is_shown_by_fields(class: &Class<'_>) -> bool {
    let is_plain = |it: &Class<'_>| {
        matches!(it.kind.get(), Kind::Dataclass | Kind::Model | Kind::Plain) && !changes(it.def)
    };
    !class.open && is_plain(class) && class.parents().all(|it| is_plain(it))
}

fn changes(class: &StmtClassDef) -> bool {
    let mut changes = Changes(false);
    changes.visit_body(&class.body);
    changes.0
}

struct Changes(bool);

impl<'e> Visitor<'e> for Changes {
    fn visit_expr(&mut self, expr: &'e Expr) {
        let name = match expr {
            Expr::Name(it) => it.id.as_str(),
            Expr::Attribute(it) => it.attr.as_str(),
            _ => "",
        };
        self.0 |= CHANGING.contains(&name);
        visitor::walk_expr(self, expr);
    }

    fn visit_keyword(&mut self, keyword: &'e Keyword) {
        self.0 |= keyword.arg.as_ref().is_some_and(|it| ARGUMENTS.contains(&it.as_str()));
        visitor::walk_keyword(self, keyword);
    }

    fn visit_decorator(&mut self, decorator: &'e ruff_python_ast::Decorator) {
        self.visit_expr(&decorator.expression);
    }
}
