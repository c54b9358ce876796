//! Why an operation on a vault failed.

use std::error::Error;
use std::fmt;
use std::io;

use azure_core::error::ErrorKind;
use azure_core::http::StatusCode;
use serde::Deserialize;

use crate::azure::{self, Fault};

/// The longest code that is shown.
const LONGEST: usize = 80;

/// Why an operation on a vault failed, named by what the caller can do.
#[derive(Debug)]
pub enum VaultError {
    /// There is no such secret. Of a deleted one and, at some vaults, of a disabled one: only a listing tells that it is gone.
    Missing(Fault),
    /// The secret is there, and its value cannot be read until somebody enables it.
    Disabled(Fault),
    /// The vault does not let us.
    Denied(Fault),
    /// The secret is being deleted, recovered or purged: try later.
    Conflict(Fault),
    /// Try later.
    Unavailable(Fault),
    /// The request can never succeed.
    Rejected(Fault),
    /// The answer makes no sense.
    Garbled(Fault),
}

/// The codes of an answer.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Answer {
    error: Codes,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Codes {
    code: Option<String>,
    innererror: Option<Box<Codes>>,
}

impl Codes {
    /// Of the body of `error`, or else of its headers.
    fn of(error: &azure_core::Error) -> Self {
        let ErrorKind::HttpResponse { raw_response, error_code, .. } = error.kind() else {
            return Self::default();
        };
        let body = raw_response.as_ref().map(|it| it.body());
        let parsed = body.and_then(|it| serde_json::from_slice::<Answer>(it).ok());
        let codes = parsed.unwrap_or_default().error;
        if codes.code.is_some() { codes } else { Self { code: error_code.clone(), ..codes } }
    }

    fn inner(&self) -> Option<&str> {
        self.innererror.as_ref()?.code.as_deref()
    }

    /// Whether they are a vault's own word that it has no such secret. A 404 of anything else on the way says nothing of it.
    fn is_not_found(&self) -> bool {
        self.code.as_ref().is_some_and(|it| it.contains("NotFound"))
    }

    /// As text: a code that is none is not shown.
    fn shown(&self) -> String {
        let plain = |it: &&str| {
            it.len() <= LONGEST && it.chars().all(|it| it.is_ascii_alphanumeric() || it == '.')
        };
        let codes = [self.code.as_deref(), self.inner()];
        codes.into_iter().flatten().filter(plain).flat_map(|it| [", ", it]).collect()
    }
}

impl VaultError {
    /// Whether trying later may help.
    pub fn is_later(&self) -> bool {
        matches!(self, Self::Conflict(_) | Self::Unavailable(_))
    }

    fn fault(&self) -> (&Fault, &'static str) {
        match self {
            Self::Missing(it) => (it, "it does not exist"),
            Self::Disabled(it) => (it, "it is disabled"),
            Self::Denied(it) => (it, "access denied"),
            Self::Conflict(it) => (it, "it is being deleted or recovered"),
            Self::Unavailable(it) => (it, "the vault is unavailable"),
            Self::Rejected(it) => (it, "refused"),
            Self::Garbled(it) => (it, "the answer makes no sense"),
        }
    }

    pub(super) fn missing(operation: &'static str, object: &str) -> Self {
        Self::Missing(Fault::new(operation, object))
    }

    pub(super) fn disabled(operation: &'static str, object: &str) -> Self {
        Self::Disabled(Fault::new(operation, object))
    }

    pub(super) fn timeout(operation: &'static str, object: &str) -> Self {
        Self::Unavailable(Fault::new(operation, object).because("deadline reached"))
    }

    pub(crate) fn rejected(operation: &'static str, object: &str, why: &str) -> Self {
        Self::Rejected(Fault::new(operation, object).because(azure::masked(why)))
    }

    pub(super) fn garbled(operation: &'static str, object: &str, why: &str) -> Self {
        Self::Garbled(Fault::new(operation, object).because(why))
    }

    pub(super) fn of_azure(
        operation: &'static str,
        object: &str,
        error: &azure_core::Error,
    ) -> Self {
        match error.http_status() {
            Some(status) => Self::of_status((operation, object), status, &Codes::of(error)),
            None => Self::of_transport((operation, object), error),
        }
    }

    /// Source: the error codes of the service; emulators leave some of them out.
    fn of_status(what: (&'static str, &str), status: StatusCode, codes: &Codes) -> Self {
        let fault = Fault::new(what.0, what.1);
        let fault = fault.because(format!("status {}{}", u16::from(status), codes.shown()));
        match status {
            StatusCode::NotFound if codes.is_not_found() => Self::Missing(fault),
            StatusCode::NotFound => Self::Garbled(fault),
            StatusCode::Forbidden if codes.inner() == Some("SecretDisabled") => {
                Self::Disabled(fault)
            }
            StatusCode::Unauthorized | StatusCode::Forbidden => Self::Denied(fault),
            StatusCode::Conflict => Self::Conflict(fault),
            StatusCode::RequestTimeout | StatusCode::TooManyRequests => Self::Unavailable(fault),
            it if u16::from(it) >= 500 => Self::Unavailable(fault),
            _ => Self::Rejected(fault),
        }
    }

    /// What a parser says of an answer quotes it, so that is left out.
    fn of_transport(what: (&'static str, &str), error: &azure_core::Error) -> Self {
        let told = |it: &azure_core::Error| Fault::new(what.0, what.1).because(azure::chain(it));
        match error.kind() {
            ErrorKind::DataConversion => {
                let fault = Fault::new(what.0, what.1);
                Self::Garbled(fault.because("not what the API describes"))
            }
            ErrorKind::Credential => Self::Denied(told(error)),
            ErrorKind::Connection | ErrorKind::Io => Self::Unavailable(told(error)),
            // such as a challenge for another resource than the vault's
            _ => Self::Rejected(told(error)),
        }
    }

    pub(super) fn of_io(operation: &'static str, object: &str, error: &io::Error) -> Self {
        let fault = Fault::new(operation, object).because(azure::chain(error));
        match error.kind() {
            io::ErrorKind::PermissionDenied => Self::Denied(fault),
            io::ErrorKind::NotADirectory
            | io::ErrorKind::IsADirectory
            | io::ErrorKind::InvalidData
            | io::ErrorKind::InvalidFilename => Self::Rejected(fault),
            _ => Self::Unavailable(fault),
        }
    }
}

impl fmt::Display for VaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (fault, why) = self.fault();
        fault.shown(f, why)
    }
}

impl Error for VaultError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.fault().0.cause()
    }
}

#[cfg(test)]
mod tests;
