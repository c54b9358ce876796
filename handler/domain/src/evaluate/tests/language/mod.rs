//! The language itself: each result is what Python 3.11 gives for the same text.

mod asynchronous;
mod bytes;
mod classes;
mod control;
mod exceptions;
mod exceptions_in_functions;
mod generators;
mod others;
mod pep695;
mod properties;
mod pydantic;
mod sets;
mod strings;

use super::check;
