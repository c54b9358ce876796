//! Why an operation on a store failed.

use std::error::Error;
use std::fmt;
use std::io;

use azure_core::error::ErrorKind;
use azure_core::http::StatusCode;

use crate::azure::{self, Fault};

/// Why an operation on a store failed, named by what the caller can do.
#[derive(Debug)]
pub enum StoreError {
    /// The object, or the queue, does not exist.
    Missing(Fault),
    /// The container does not exist, so that nothing is known of the object.
    NoContainer(Fault),
    /// The store does not let us.
    Denied(Fault),
    /// Another writer was faster.
    Conflict(Fault),
    /// Try later.
    Unavailable(Fault),
    /// The request can never succeed.
    Rejected(Fault),
    /// The answer makes no sense.
    Garbled(Fault),
}

impl StoreError {
    fn fault(&self) -> (&Fault, &'static str) {
        match self {
            Self::Missing(it) => (it, "it does not exist"),
            Self::NoContainer(it) => (it, "its container does not exist"),
            Self::Denied(it) => (it, "access denied"),
            Self::Conflict(it) => (it, "it was changed meanwhile"),
            Self::Unavailable(it) => (it, "the store is unavailable"),
            Self::Rejected(it) => (it, "refused"),
            Self::Garbled(it) => (it, "the answer makes no sense"),
        }
    }

    /// Whether the object is known not to exist: its container does.
    pub(super) fn is_absent(&self) -> bool {
        matches!(self, Self::Missing(_))
    }

    /// Whether the container itself is not there.
    pub(crate) fn is_no_container(&self) -> bool {
        matches!(self, Self::NoContainer(_))
    }

    /// The same, where the container itself is not there.
    pub(crate) fn without_container(self) -> Self {
        match self {
            Self::Missing(fault) => Self::NoContainer(fault),
            other => other,
        }
    }

    pub(crate) fn rejected(operation: &'static str, object: &str, why: &str) -> Self {
        Self::Rejected(Fault::new(operation, object).because(azure::masked(why)))
    }

    pub(crate) fn garbled(operation: &'static str, object: &str, why: &str) -> Self {
        Self::Garbled(Fault::new(operation, object).because(azure::masked(why)))
    }

    pub(super) fn conflict(operation: &'static str, object: &str) -> Self {
        Self::Conflict(Fault::new(operation, object))
    }

    pub(crate) fn timeout(operation: &'static str, object: &str) -> Self {
        Self::Unavailable(Fault::new(operation, object).because("deadline reached"))
    }

    pub(super) fn of_azure(
        operation: &'static str,
        object: &str,
        error: &azure_core::Error,
    ) -> Self {
        let fault = Fault::new(operation, object).because(azure::chain(error));
        let is_code = |want: &str| matches!(error.kind(), ErrorKind::HttpResponse { error_code: Some(code), .. } if code == want);
        match error.http_status() {
            Some(StatusCode::NotFound) if is_code("ContainerNotFound") => Self::NoContainer(fault),
            Some(StatusCode::NotFound) => Self::Missing(fault),
            Some(StatusCode::Unauthorized | StatusCode::Forbidden) => Self::Denied(fault),
            Some(StatusCode::Conflict | StatusCode::PreconditionFailed) => Self::Conflict(fault),
            Some(StatusCode::RequestTimeout | StatusCode::TooManyRequests) => {
                Self::Unavailable(fault)
            }
            Some(status) if u16::from(status) >= 500 => Self::Unavailable(fault),
            Some(_) => Self::Rejected(fault),
            None => match error.kind() {
                ErrorKind::DataConversion => Self::Garbled(fault),
                ErrorKind::Credential => Self::Denied(fault),
                _ => Self::Unavailable(fault),
            },
        }
    }

    pub(crate) fn of_io(operation: &'static str, object: &str, error: &io::Error) -> Self {
        let fault = Fault::new(operation, object).because(azure::chain(error));
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing(fault),
            io::ErrorKind::PermissionDenied => Self::Denied(fault),
            io::ErrorKind::NotADirectory
            | io::ErrorKind::IsADirectory
            | io::ErrorKind::InvalidFilename => Self::Rejected(fault),
            _ => Self::Unavailable(fault),
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (fault, why) = self.fault();
        fault.shown(f, why)
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.fault().0.cause()
    }
}
