//! Types with arguments that hold others: collections, mappings, unions.

use ruff_python_ast::Expr;
use serde_json::Map;

use super::kind::{Many, Type};
use super::outside;
use super::types::{Read, Types};
use crate::python::annotation::NoSchema;

impl Types<'_> {
    /// A collection, or another class with arguments.
    pub(super) fn holding(
        &mut self,
        (dotted, name): (&str, &str),
        arguments: &[&Expr],
        depth: usize,
    ) -> Read {
        let kind = match (name, arguments) {
            ("tuple" | "Tuple", [_, Expr::EllipsisLiteral(_)]) => Many::Tuple,
            ("tuple" | "Tuple", _) => {
                return Ok(Type::Tuple(self.all(arguments, depth)?));
            }
            ("list" | "List", _) => Many::List,
            ("Set", _) if dotted.starts_with("collections.") => {
                return Ok(Type::Generic(self.all(arguments, depth)?));
            }
            ("set" | "Set", _) => Many::Set,
            ("frozenset" | "FrozenSet", _) => Many::FrozenSet,
            ("Sequence" | "MutableSequence" | "Iterable" | "Deque" | "deque", _) => Many::Other,
            ("Counter", [key]) => {
                let count = outside::of("builtins.int", self.dialect).ok_or(NoSchema::Untyped)?;
                return Ok(Type::Mapping(Box::new(self.read(key, depth + 1)?), Box::new(count)));
            }
            (
                "dict" | "Dict" | "Mapping" | "MutableMapping" | "DefaultDict" | "defaultdict"
                | "OrderedDict" | "ChainMap",
                [key, value],
            ) => {
                let key = Box::new(self.read(key, depth + 1)?);
                return Ok(Type::Mapping(key, Box::new(self.read(value, depth + 1)?)));
            }
            _ => {
                outside::of(dotted, self.dialect)
                    .ok_or_else(|| NoSchema::Unresolved(dotted.to_owned()))?;
                return Ok(Type::Generic(self.all(arguments, depth)?));
            }
        };
        let first = arguments.first().ok_or(NoSchema::Untyped)?;
        Ok(Type::Many(kind, Box::new(self.read(first, depth + 1)?), Map::new()))
    }
}

/// The union of `members`: those of unions inside it among them, each once.
pub(super) fn united(members: Vec<Type>) -> Type {
    let mut out: Vec<Type> = Vec::new();
    for it in members {
        let inner = if let Type::Union(inner) = it { inner } else { vec![it] };
        for it in inner {
            let is_class = !matches!(it, Type::Other | Type::Open);
            if !is_class || !out.contains(&it) {
                out.push(it);
            }
        }
    }
    match out.pop() {
        Some(only) if out.is_empty() => only,
        last => {
            out.extend(last);
            Type::Union(out)
        }
    }
}
