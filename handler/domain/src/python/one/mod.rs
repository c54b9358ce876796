//! The rules of pydantic 1, by which Prefect 2 describes a signature as a whole that has a type of pydantic 1.
//!
//! `types` reads an annotation as a [`kind::Type`], `field` takes it apart as `ModelField` does, and `render` writes what
//! `pydantic/v1/schema.py` makes of it. Names, records, enumerations and defaults are those of pydantic 2, read in a scope
//! that says so. Source: `pydantic.v1` of pydantic 2.12, which goes with Prefect 2.20.27.

mod behind;
mod block;
mod class;
mod config;
mod constrained;
mod enumeration;
mod field;
mod holding;
mod information;
mod kind;
mod limits;
mod literal;
mod marks;
mod model;
mod naming;
mod outside;
mod pool;
mod prefect;
mod refused;
mod render;
mod said;
mod signature;
mod types;
mod variable;

pub(super) use self::marks::{is_model, marks};
pub(super) use self::refused::refused;
pub(crate) use self::signature::ATTRIBUTES;
pub(super) use self::signature::schema;
