//! Containers, functions of functions, contexts, dataclasses and enumerations: each result is what Python 3.11 gives for the same text.

mod collections;
mod context;
mod dataclasses;
mod enumerations;
mod functools;
mod itertools;
mod operators;

use super::check;
