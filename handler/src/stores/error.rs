//! Why an operation on a store failed.

use std::error::Error;
use std::fmt;
use std::io;

use azure_core::error::ErrorKind;
use azure_core::http::StatusCode;

use crate::azure;

/// An operation on an object, and what went wrong.
#[derive(Debug)]
pub struct Fault {
    operation: &'static str,
    object: String,
    cause: Option<Cause>,
    /// The container was not there, so that nothing is known about the object.
    no_container: bool,
}

/// Why an operation on a store failed, named by what the caller can do.
#[derive(Debug)]
pub enum StoreError {
    /// The container or queue does not exist.
    Missing(Fault),
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

/// The texts of a chain of errors, with signatures masked: the SDK puts whole addresses into its messages.
#[derive(Debug)]
struct Cause(String);

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Cause {}

impl Cause {
    fn of(error: &(dyn Error + 'static)) -> Self {
        Self(azure::chain(error))
    }
}

impl StoreError {
    fn fault(&self) -> (&Fault, &'static str) {
        match self {
            Self::Missing(it) => (it, "it does not exist"),
            Self::Denied(it) => (it, "access denied"),
            Self::Conflict(it) => (it, "it was changed meanwhile"),
            Self::Unavailable(it) => (it, "the store is unavailable"),
            Self::Rejected(it) => (it, "refused"),
            Self::Garbled(it) => (it, "the answer makes no sense"),
        }
    }

    /// Whether the object is known not to exist: its container does.
    pub(super) fn is_absent(&self) -> bool {
        matches!(self, Self::Missing(it) if !it.no_container)
    }

    /// Whether the container itself is not there.
    pub(crate) fn is_no_container(&self) -> bool {
        self.fault().0.no_container
    }

    /// The same, where the container itself is not there.
    pub(crate) fn without_container(self) -> Self {
        match self {
            Self::Missing(fault) => Self::Missing(Fault { no_container: true, ..fault }),
            other => other,
        }
    }

    pub(crate) fn rejected(operation: &'static str, object: &str, why: &str) -> Self {
        Self::Rejected(fault(operation, object, Some(Cause(azure::masked(why)))))
    }

    pub(crate) fn garbled(operation: &'static str, object: &str, why: &str) -> Self {
        Self::Garbled(fault(operation, object, Some(Cause(azure::masked(why)))))
    }

    pub(super) fn conflict(operation: &'static str, object: &str) -> Self {
        Self::Conflict(fault(operation, object, None))
    }

    pub(crate) fn timeout(operation: &'static str, object: &str) -> Self {
        Self::Unavailable(fault(operation, object, Some(Cause("deadline reached".into()))))
    }

    pub(super) fn of_azure(
        operation: &'static str,
        object: &str,
        error: &azure_core::Error,
    ) -> Self {
        let mut fault = fault(operation, object, Some(Cause::of(error)));
        fault.no_container = matches!(error.kind(), ErrorKind::HttpResponse { error_code: Some(code), .. } if code == "ContainerNotFound");
        match error.http_status() {
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
        let fault = fault(operation, object, Some(Cause::of(error)));
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

fn fault(operation: &'static str, object: &str, cause: Option<Cause>) -> Fault {
    Fault { operation, object: object.to_owned(), cause, no_container: false }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (fault, why) = self.fault();
        write!(f, "cannot {} `{}`: {why}", fault.operation, fault.object)
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.fault().0.cause.as_ref().map(|it| it as _)
    }
}
