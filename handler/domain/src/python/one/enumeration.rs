//! Enumerations as pydantic 1 shows them. Source: `enum_process_schema`.

use ruff_python_ast::{Expr, StmtClassDef};
use serde_json::{Map, Value};

use super::kind::Type;
use super::outside;
use super::pool::Kind;
use super::types::{Read, Types};
use crate::python::annotation::NoSchema;
use crate::python::enumeration::{self, Enumeration};
use crate::python::names::Bound;
use crate::python::scope::{Found, Scope};

/// Deepest inheritance.
const MAX_BASES: usize = 20;

impl<'a> Types<'a> {
    /// The enumeration that `bound` is; `None` when it is none.
    pub(super) fn enumeration(&mut self, bound: &'a Bound<'a>) -> Option<Read> {
        let found = enumeration::bound_to(bound, &self.scope, 0)?;
        let key = self.key(found.place.1, "");
        if let Some(number) = self.pool.find(&key) {
            return Some(Ok(Type::Enumeration(number)));
        }
        let kind = match bound {
            Bound::Class(class) => of_class(class, &self.scope, 0),
            Bound::Value(Expr::Call(call)) => {
                let mixin = call.arguments.find_keyword("type").map(|it| &it.value);
                let own = self.scope.dotted(&call.func);
                mixin.and_then(|it| self.scope.dotted(it)).or(own).and_then(|it| of_base(&it))
            }
            _ => None,
        };
        Some(self.defined(found, kind, key))
    }

    fn defined(&mut self, it: Enumeration<'_>, kind: Option<&str>, key: String) -> Read {
        self.afford(it.title)?;
        let mut values: Vec<Value> = Vec::new();
        for (name, member) in it.members {
            let what = || NoSchema::Unread(format!("member `{name}` of `{}`", it.title));
            let value = member.shown_in(&self.scope).ok_or_else(what)?;
            // a second name of a member is none
            if !values.contains(&value) {
                values.push(value);
            }
        }
        let mut out = Map::new();
        out.insert("title".into(), it.title.into());
        let text = it.description.unwrap_or_else(|| "An enumeration.".to_owned());
        self.afford(&text)?;
        out.insert("description".into(), text.into());
        out.insert("enum".into(), values.into());
        if let Some(Type::Scalar(it)) = kind.and_then(|it| outside::of(it, self.dialect)) {
            out.extend(it.schema.clone());
        }
        let long = format!("{}__{}", self.scope.module_name(self.dialect), it.name);
        let number = self.pool.begin(key, it.title.to_owned(), long);
        self.pool.finish(number, Kind::Enumeration(out));
        Ok(Type::Enumeration(number))
    }
}

/// The type that the members of `class` are of besides.
fn of_class(class: &StmtClassDef, scope: &Scope<'_>, depth: usize) -> Option<&'static str> {
    let bases = class.arguments.iter().flat_map(|it| &it.args);
    bases.into_iter().find_map(|base| match scope.resolve(base)? {
        Found::Here(home, Bound::Class(parent)) if depth < MAX_BASES && scope.step() => {
            of_class(parent, &home, depth + 1)
        }
        Found::Here(..) => None,
        Found::Outside(dotted) => of_base(&dotted),
    })
}

fn of_base(dotted: &str) -> Option<&'static str> {
    Some(match dotted {
        "builtins.str" | "enum.StrEnum" => "builtins.str",
        "builtins.int" | "enum.IntEnum" | "enum.IntFlag" => "builtins.int",
        "builtins.float" => "builtins.float",
        "builtins.bytes" => "builtins.bytes",
        "datetime.date" => "datetime.date",
        "datetime.datetime" => "datetime.datetime",
        "datetime.timedelta" => "datetime.timedelta",
        "decimal.Decimal" => "decimal.Decimal",
        "builtins.tuple" => "builtins.tuple",
        "builtins.dict" => "builtins.dict",
        _ => return None,
    })
}
