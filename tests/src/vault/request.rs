//! A request -> what is asked.

use axum::http::Method;

use super::answer::Refusal;
use super::trouble::Operation;

/// Versions of the API that are known.
const KNOWN: [&str; 8] = ["7.0", "7.1", "7.2", "7.3", "7.4", "7.5", "7.6", "2025-07-01"];

/// What is asked; names are checked.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) operation: Operation,
    /// Empty for a list.
    pub(super) name: String,
    pub(super) version: Option<String>,
    pub(super) query: Query,
}

/// The parameters of a listing.
#[derive(Debug, Default)]
pub(super) struct Query {
    pub(super) api_version: String,
    pub(super) most: Option<String>,
    pub(super) marker: Option<String>,
}

impl Query {
    pub(super) fn parse(text: &str) -> Result<Self, Refusal> {
        let mut query = Self::default();
        for (name, value) in url::form_urlencoded::parse(text.as_bytes()) {
            match name.as_ref() {
                "api-version" => query.api_version = value.into_owned(),
                "maxresults" => query.most = Some(value.into_owned()),
                "$skiptoken" => query.marker = Some(value.into_owned()),
                _ => {}
            }
        }
        if KNOWN.contains(&query.api_version.as_str()) {
            return Ok(query);
        }
        let message = if query.api_version.is_empty() {
            "AKV10000: api-version must be specified"
        } else {
            "AKV10000: The specified version is not supported"
        };
        Err(Refusal::parameter(message))
    }
}

impl Call {
    pub(super) fn parse(method: &Method, path: &str, query: Query) -> Result<Self, Refusal> {
        let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        let (operation, name, version) = match (method.as_str(), parts.as_slice()) {
            ("GET", ["secrets"]) => (Operation::List, "", None),
            ("GET", ["deletedsecrets"]) => (Operation::DeletedList, "", None),
            ("GET", ["secrets", name] | ["secrets", name, ""]) => (Operation::Value, *name, None),
            ("GET", ["secrets", name, "versions"]) => (Operation::Versions, *name, None),
            ("GET", ["secrets", name, version]) => (Operation::Value, *name, Some(*version)),
            ("PUT", ["secrets", name]) => (Operation::Set, *name, None),
            ("PATCH", ["secrets", name, version]) => (Operation::Update, *name, Some(*version)),
            ("DELETE", ["secrets", name]) => (Operation::Delete, *name, None),
            ("GET", ["deletedsecrets", name]) => (Operation::Deleted, *name, None),
            ("DELETE", ["deletedsecrets", name]) => (Operation::Purge, *name, None),
            ("POST", ["deletedsecrets", name, "recover"]) => (Operation::Recover, *name, None),
            (_, ["secrets" | "deletedsecrets", ..]) => return Err(Refusal::method()),
            _ => return Err(Refusal::parameter("there is no such resource")),
        };
        let listed = matches!(operation, Operation::List | Operation::DeletedList);
        let legal = |it: char| it.is_ascii_alphanumeric() || it == '-';
        let named = (1..=127).contains(&name.len()) && name.chars().all(legal);
        if !(listed || named) {
            return Err(Refusal::parameter("The request URI contains an invalid name"));
        }
        let hex = |it: &str| it.len() == 32 && it.chars().all(|it| it.is_ascii_hexdigit());
        if version.is_some_and(|it| !hex(it)) {
            return Err(Refusal::parameter("The request URI contains an invalid version"));
        }
        Ok(Self {
            operation,
            name: name.to_owned(),
            version: version.map(str::to_ascii_lowercase),
            query,
        })
    }
}
