//! What an operation on Azure, or on the folder that plays it, was, and what went wrong.

use std::error::Error;
use std::fmt;

/// An operation on an object, and the words for what went wrong.
#[derive(Debug)]
pub struct Fault {
    operation: &'static str,
    object: String,
    cause: Option<Cause>,
}

/// The texts of a chain of errors, nothing of an answer's body but its codes.
#[derive(Debug)]
struct Cause(String);

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Cause {}

impl Fault {
    /// Of `operation` (a verb and its words, such as `read`) on `object`.
    pub(crate) fn new(operation: &'static str, object: &str) -> Self {
        Self { operation, object: object.to_owned(), cause: None }
    }

    /// The same, with the `cause` in words.
    pub(crate) fn because(self, cause: impl Into<String>) -> Self {
        Self { cause: Some(Cause(cause.into())), ..self }
    }

    /// The error below it.
    pub(crate) fn cause(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_ref().map(|it| it as _)
    }

    /// `cannot OPERATION OBJECT: why`.
    pub(crate) fn shown(&self, f: &mut fmt::Formatter<'_>, why: &str) -> fmt::Result {
        write!(f, "cannot {} `{}`: {why}", self.operation, self.object)
    }
}
