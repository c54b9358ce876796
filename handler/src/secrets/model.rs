//! The client's models -> what the domain knows of a secret.

use std::collections::HashMap;

use azure_core::time::OffsetDateTime;
use azure_security_keyvault_secrets::ResourceExt as _;
use azure_security_keyvault_secrets::models::{Secret, SecretAttributes, SecretProperties};
use domain::secret::{Properties, SecretName, VersionId};
use jiff::Timestamp;

use super::VaultError;

type What<'a> = (&'static str, &'a str);

/// An item of a listing.
pub(super) fn of_item(what: What<'_>, it: &SecretProperties) -> Result<Properties, VaultError> {
    let id = it.resource_id().map_err(|it| VaultError::of_azure(what.0, what.1, &it))?;
    let rest = (it.attributes.as_ref(), it.content_type.as_ref(), it.tags.as_ref());
    let found = properties(what, (&id.name, id.version.as_deref()), rest)?;
    Ok(Properties { managed: it.managed.unwrap_or_default(), ..found })
}

/// A secret; its value stays where it is.
pub(super) fn of_secret(what: What<'_>, it: &Secret) -> Result<Properties, VaultError> {
    let id = it.resource_id().map_err(|it| VaultError::of_azure(what.0, what.1, &it))?;
    let rest = (it.attributes.as_ref(), it.content_type.as_ref(), it.tags.as_ref());
    let found = properties(what, (&id.name, id.version.as_deref()), rest)?;
    Ok(Properties { managed: it.managed.unwrap_or_default(), ..found })
}

type Rest<'a> =
    (Option<&'a SecretAttributes>, Option<&'a String>, Option<&'a HashMap<String, String>>);

fn properties(
    what: What<'_>,
    (name, version): (&str, Option<&str>),
    (attributes, content_type, tags): Rest<'_>,
) -> Result<Properties, VaultError> {
    let garbled = |why: &str| VaultError::garbled(what.0, what.1, why);
    let time = |at: fn(&SecretAttributes) -> Option<OffsetDateTime>| {
        let at = attributes.and_then(at).map(|it| Timestamp::from_second(it.unix_timestamp()));
        at.transpose().map_err(|_no_place| garbled("a time is out of range"))
    };
    Ok(Properties {
        name: SecretName::new(name).map_err(|_quotes_it| garbled("a name is none"))?,
        version: version
            .map(VersionId::new)
            .transpose()
            .map_err(|_quotes_it| garbled("a version is none"))?,
        enabled: attributes.and_then(|it| it.enabled).unwrap_or(true),
        created: time(|it| it.created)?,
        updated: time(|it| it.updated)?,
        not_before: time(|it| it.not_before)?,
        expires: time(|it| it.expires)?,
        content_type: content_type.cloned(),
        managed: false,
        tags: tags.into_iter().flatten().map(|(k, v)| (k.clone(), v.clone())).collect(),
    })
}
