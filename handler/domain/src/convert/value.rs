//! Values that can be told from the text alone: literals, constants of the module, durations, times.

use std::cell::Cell;
use std::collections::BTreeMap;

use ruff_python_ast::{
    Expr, ExprCall, FStringPart, InterpolatedStringElement, Number, Operator, Stmt, UnaryOp,
};
use serde_json::{Map, Value};

/// How often a constant may name another one, and how deep lists may be.
const MAX_DEPTH: u32 = 20;

/// Most values that are made for one file: constants of constants can double each time.
const MAX_VALUES: u32 = 100_000;

/// The constants of a module: names that its top level assigns once.
#[derive(Debug, Default)]
pub(super) struct Constants<'a> {
    names: BTreeMap<&'a str, Option<&'a Expr>>,
    made: Cell<u32>,
}

impl<'a> Constants<'a> {
    /// Those of `body`.
    pub(super) fn of(body: &'a [Stmt]) -> Self {
        let mut names: BTreeMap<&str, Option<&Expr>> = BTreeMap::new();
        for stmt in body {
            let Stmt::Assign(it) = stmt else { continue };
            if let [Expr::Name(name)] = it.targets.as_slice() {
                let known = names.contains_key(name.id.as_str());
                names.insert(name.id.as_str(), (!known).then_some(&it.value));
            }
        }
        Self { names, made: Cell::new(0) }
    }

    /// What `expr` is, or the constant that it names is.
    pub(super) fn resolve(&self, expr: &'a Expr) -> &'a Expr {
        let mut at = expr;
        for _ in 0..MAX_DEPTH {
            let Expr::Name(name) = at else { break };
            let Some(Some(next)) = self.names.get(name.id.as_str()) else { break };
            at = next;
        }
        at
    }

    /// The value of `expr`; `None` where it is not told by the text.
    pub(super) fn value(&self, expr: &'a Expr) -> Option<Value> {
        self.at_depth(expr, 0)
    }

    /// The text that `expr` is.
    pub(super) fn text(&self, expr: &'a Expr) -> Option<String> {
        self.value(expr)?.as_str().map(str::to_owned)
    }

    fn at_depth(&self, expr: &'a Expr, depth: u32) -> Option<Value> {
        self.made.set(self.made.get().saturating_add(1));
        if self.made.get() > MAX_VALUES {
            return None;
        }
        let deeper =
            |it: &'a Expr| if depth < MAX_DEPTH { self.at_depth(it, depth + 1) } else { None };
        match self.resolve(expr) {
            Expr::StringLiteral(it) => Some(it.value.to_str().into()),
            Expr::BooleanLiteral(it) => Some(it.value.into()),
            Expr::NoneLiteral(_) => Some(Value::Null),
            Expr::NumberLiteral(it) => number(&it.value),
            Expr::UnaryOp(it) if it.op == UnaryOp::USub => negative(&deeper(&it.operand)?),
            Expr::List(it) => it.elts.iter().map(deeper).collect(),
            Expr::Tuple(it) => it.elts.iter().map(deeper).collect(),
            Expr::Set(it) => it.elts.iter().map(deeper).collect(),
            Expr::Dict(it) => {
                let pair = |key: Option<&'a Expr>, value| {
                    Some((deeper(key?)?.as_str()?.to_owned(), deeper(value)?))
                };
                let pairs = it.items.iter().map(|it| pair(it.key.as_ref(), &it.value));
                pairs.collect::<Option<Map<_, _>>>().map(Value::from)
            }
            Expr::Call(it) if is_dict(it) => {
                let pair = |name: &str, value| Some((name.to_owned(), deeper(value)?));
                let pairs =
                    it.arguments.keywords.iter().map(|it| pair(it.arg.as_ref()?, &it.value));
                pairs.collect::<Option<Map<_, _>>>().map(Value::from)
            }
            Expr::BinOp(it) if it.op == Operator::Add => {
                let (left, right) = (deeper(&it.left)?, deeper(&it.right)?);
                Some(format!("{}{}", left.as_str()?, right.as_str()?).into())
            }
            Expr::FString(it) => {
                let mut out = String::new();
                for part in &it.value {
                    match part {
                        FStringPart::Literal(it) => out.push_str(it.as_str()),
                        FStringPart::FString(it) => {
                            for part in &it.elements {
                                out.push_str(&element(part, &deeper)?);
                            }
                        }
                    }
                }
                Some(out.into())
            }
            _ => None,
        }
    }
}

fn is_dict(call: &ExprCall) -> bool {
    matches!(call.func.as_ref(), Expr::Name(it) if it.id == "dict")
        && call.arguments.args.is_empty()
}

fn number(it: &Number) -> Option<Value> {
    match it {
        Number::Int(it) => it.as_i64().map(Value::from),
        Number::Float(it) => serde_json::Number::from_f64(*it).map(Value::from),
        Number::Complex { .. } => None,
    }
}

fn negative(value: &Value) -> Option<Value> {
    match value.as_i64() {
        Some(it) => it.checked_neg().map(Value::from),
        None => value.as_f64().map(|it| Value::from(-it)),
    }
}

/// A part of an f-string; one with a conversion or a format is not told.
fn element<'a>(
    part: &'a InterpolatedStringElement,
    value: &impl Fn(&'a Expr) -> Option<Value>,
) -> Option<String> {
    match part {
        InterpolatedStringElement::Literal(it) => Some(it.value.to_string()),
        InterpolatedStringElement::Interpolation(it) => {
            if !it.conversion.is_none() || it.format_spec.is_some() || it.debug_text.is_some() {
                return None;
            }
            match value(&it.expression)? {
                Value::String(it) => Some(it),
                Value::Number(it) if it.is_i64() => Some(it.to_string()),
                _ => None,
            }
        }
    }
}
