//! Classes of the bundle -> models of pydantic 1.

use std::rc::Rc;

use ruff_python_ast::{Expr, StmtClassDef};
use ruff_text_size::{Ranged as _, TextSize};

use super::behind::{inferred, said_of};
use super::config::{self, Config};
use super::field::Field;
use super::kind::Type;
use super::limits;
use super::pool::{Kind, Model};
use super::said::{Default, Said};
use super::types::{Read, Types};
use crate::python::annotation::NoSchema;
use crate::python::display;
use crate::python::names::Bound;
use crate::python::parametric::{self, arguments};
use crate::python::record::{self, Record, Shape};
use crate::python::reference;
use crate::python::scope::{Found, Scope};

/// Deepest inheritance.
const MAX_BASES: usize = 20;

impl<'a> Types<'a> {
    /// What the class at `place` of this module is remembered by, with these arguments.
    pub(super) fn key(&self, place: TextSize, shown: &str) -> String {
        format!("{}:{}[{shown}]", self.scope.module(), u32::from(place))
    }

    /// A class of this module.
    pub(super) fn class(&mut self, class: &'a StmtClassDef, depth: usize) -> Read {
        self.afford(&class.name)?;
        let key = self.key(class.range.start(), "");
        if let Some(number) = self.pool.find(&key) {
            return Ok(Type::Model(number));
        }
        let record = record::of(class, &self.scope, &None, 0).map_err(NoSchema::Unread)?;
        match record {
            Some(record) => self.record(&record, (key, class.name.as_str()), depth),
            None => self.any_class(class),
        }
    }

    /// `Page[int]`, `Page` being the class of `home`.
    pub(super) fn parametrized(
        &mut self,
        (home, class): (Scope<'a>, &'a StmtClassDef),
        slice: &Expr,
        depth: usize,
    ) -> Read {
        let around = std::mem::replace(&mut self.scope, home);
        let is_model = makes_generic(class, &home, 0);
        self.scope = around;
        if !is_model {
            return Ok(Type::Generic(self.all(&arguments(slice), depth)?));
        }
        let title = || NoSchema::Unread(format!("a type of `{}[…]`", class.name));
        let show = |it| display::shown(it, &self.scope, &self.bindings, 0);
        let shown = arguments(slice).into_iter().map(show).collect::<Option<Vec<String>>>();
        let shown = shown.ok_or_else(title)?.join(", ");
        let bindings = parametric::bind(class, &home, slice, &self.scope, &self.bindings);
        let bindings = bindings.ok_or(NoSchema::Untyped)?;
        let name = format!("{}[{shown}]", class.name);
        self.afford(&name)?;
        let around = std::mem::replace(&mut self.scope, home);
        let key = self.key(class.range.start(), &shown);
        let found = match self.pool.find(&key) {
            Some(number) => Ok(Type::Model(number)),
            None => match record::of(class, &home, &bindings, 0).map_err(NoSchema::Unread)? {
                Some(record) => self.record(&record, (key, &name), depth),
                None => Err(NoSchema::Untyped),
            },
        };
        self.scope = around;
        found
    }

    /// The model that `record` is, called `name`.
    fn record(&mut self, record: &Record<'a>, (key, name): (String, &str), depth: usize) -> Read {
        let long = format!("{}__{name}", self.scope.module_name(self.dialect));
        let number = self.pool.begin(key, name.to_owned(), long);
        let has_own = record.shape == Shape::Model || !record.is_deferred;
        let config = if has_own { Rc::new(config::read(record)?) } else { Rc::clone(&self.around) };
        let outer = std::mem::replace(&mut self.around, Rc::clone(&config));
        let around = (std::mem::take(&mut self.levels), self.in_class);
        self.in_class = true;
        let found = self.fields(record, &config, depth);
        (self.levels, self.in_class) = around;
        self.around = outer;
        let fields = found?;
        let mut config = Config::clone(&config);
        let block = record.block.as_ref().filter(|_| !config.has_extra);
        let is_block = block.is_some();
        if record.block.is_some() && !is_block && record.description.is_none() {
            // that of `Block` itself
            return Err(NoSchema::Unread(format!("the docstring of `{name}`")));
        }
        if let Some(block) = block {
            config.extra = self.block(block, record, &fields)?;
        }
        self.afford(record.description.as_deref().unwrap_or_default())?;
        let kind = if record.shape == Shape::NamedTuple {
            Kind::Tuple(fields)
        } else {
            let is_model = record.shape == Shape::Model;
            // a dataclass that is not pydantic's own is read without its docstring
            let is_described =
                is_model || (record.shape == Shape::Dataclass && !record.is_deferred);
            Kind::Model(Model {
                title: config.title.unwrap_or_else(|| name.to_owned()),
                description: record.description.clone().filter(|_| is_described),
                fields,
                is_closed: config.is_closed,
                extra: config.extra,
                is_block,
            })
        };
        self.pool.finish(number, kind);
        Ok(Type::Model(number))
    }

    fn fields(
        &mut self,
        record: &Record<'a>,
        config: &Config,
        depth: usize,
    ) -> Result<Vec<Field>, NoSchema> {
        let mut out = Vec::new();
        for it in &record.fields {
            if it.name.starts_with('_') && it.name != "__root__" {
                continue;
            }
            self.afford(it.name)?;
            let scope = std::mem::replace(&mut self.scope, it.scope);
            let bindings = std::mem::replace(&mut self.bindings, it.bindings.clone());
            let found = self.field(it, record, config, depth);
            (self.scope, self.bindings) = (scope, bindings);
            match found {
                Err(NoSchema::Dropped) => {}
                other => out.push(other?),
            }
        }
        Ok(out)
    }

    fn field(
        &mut self,
        it: &record::Field<'a>,
        record: &Record<'a>,
        config: &Config,
        depth: usize,
    ) -> Result<Field, NoSchema> {
        match reference::bound(it.annotation, &self.scope, it.annotation.start()) {
            Err(NoSchema::Unresolved(name)) if name == record.title || name == it.owner => {}
            Err(_) if it.is_inferred || config::is_updated(it, record) => {}
            known => known?,
        }
        let mut said = said_of(it, record, &self.scope)?;
        let annotation = if it.is_inferred {
            inferred(&said.default)?
        } else {
            self.read(it.annotation, depth + 1)?
        };
        if record.shape == Shape::Model && !config.allows_any && annotation.has_other() {
            return Err(NoSchema::Refused(format!(
                "field `{}` of `{}`, whose type pydantic 1 refuses,",
                it.name, record.title
            )));
        }
        let annotation = match annotation {
            Type::Annotated(inner, own) => {
                let default = std::mem::take(&mut said.default);
                said = Said { default, ..Said::clone(&own) };
                if said.default == Default::Unsaid {
                    said.default = own.default.clone();
                }
                *inner
            }
            other => other,
        };
        said.merge(config.said(it.name)?);
        let annotation = limits::applied(annotation, &said.limits)?;
        Ok(Field::new(it.name, annotation, Rc::new(said)))
    }
}

/// Whether the class is a generic model: arguments make a model of it.
fn makes_generic(class: &StmtClassDef, scope: &Scope<'_>, depth: usize) -> bool {
    class.arguments.iter().flat_map(|it| &it.args).any(|base| {
        let base = base.as_subscript_expr().map_or(base, |it| &it.value);
        match scope.resolve(base) {
            Some(Found::Outside(it)) => it == "pydantic.v1.generics.GenericModel",
            Some(Found::Here(home, Bound::Class(parent))) => {
                depth < MAX_BASES && scope.step() && makes_generic(parent, &home, depth + 1)
            }
            _ => false,
        }
    })
}
