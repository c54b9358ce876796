//! The connection string of a storage account.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The published key of the storage emulator.
const EMULATOR_ACCOUNT: &str = "devstoreaccount1";
const EMULATOR_KEY: &str =
    "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

/// What a connection string says; its key and its signature are secrets.
pub struct ConnectionString {
    /// The endpoint of Blob.
    pub blob: String,
    /// The endpoint of Queue.
    pub queue: String,
    /// The account's name; empty when a signature goes without it.
    pub account: String,
    /// The account's key.
    pub key: Option<String>,
    /// A shared access signature, without `?`.
    pub sas: Option<String>,
}

impl ConnectionString {
    /// Reads `text` as Azure's own tools do.
    ///
    /// # Errors
    /// What is missing; nothing of `text` is in it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut parts = BTreeMap::new();
        for part in text.split(';').map(str::trim).filter(|it| !it.is_empty()) {
            // Keys end in `=`, so only the first one separates.
            let (name, value) = part.split_once('=').ok_or("each part must be `Name=value`")?;
            parts.insert(name.trim().to_lowercase(), value.trim().to_owned());
        }
        if parts.get("usedevelopmentstorage").is_some_and(|it| it.eq_ignore_ascii_case("true")) {
            let at = |port: u16| format!("http://127.0.0.1:{port}/{EMULATOR_ACCOUNT}");
            return Ok(Self {
                blob: at(10000),
                queue: at(10001),
                account: EMULATOR_ACCOUNT.into(),
                key: Some(EMULATOR_KEY.into()),
                sas: None,
            });
        }
        let mut take = |name: &str| parts.remove(name).filter(|it| !it.is_empty());
        let account = take("accountname").unwrap_or_default();
        let protocol = take("defaultendpointsprotocol").unwrap_or_else(|| "https".into());
        let suffix = take("endpointsuffix").unwrap_or_else(|| "core.windows.net".into());
        let mut endpoint = |name: &str, service: &str| {
            let derived =
                (!account.is_empty()).then(|| format!("{protocol}://{account}.{service}.{suffix}"));
            take(name).or(derived).ok_or(format!("`AccountName` or `{name}` is missing"))
        };
        let (blob, queue) =
            (endpoint("blobendpoint", "blob")?, endpoint("queueendpoint", "queue")?);
        let key = take("accountkey");
        if key.as_ref().is_some_and(|it| STANDARD.decode(it).is_err()) {
            return Err("`AccountKey` is not base64: copy it whole, as the portal shows it".into());
        }
        let sas = take("sharedaccesssignature").map(|it| it.trim_start_matches('?').to_owned());
        match (&key, &sas) {
            (None, None) => Err("`AccountKey` or `SharedAccessSignature` is missing".into()),
            (Some(_), _) if account.is_empty() => Err("`AccountName` is missing".into()),
            (Some(_), _) => Ok(Self { blob, queue, account, key, sas: None }),
            _ => Ok(Self { blob, queue, account, key, sas }),
        }
    }

    /// Whether it leads to the same account as `other`, with another key or signature.
    pub fn is_of_another_key(&self, other: &Self) -> bool {
        let same = self.blob.trim_end_matches('/') == other.blob.trim_end_matches('/');
        same && (&self.key, &self.sas) != (&other.key, &other.sas)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(text: &str, want: Expect) {
        let out = match ConnectionString::parse(text) {
            Ok(it) => format!("{} {} {} {:?} {:?}", it.blob, it.queue, it.account, it.key, it.sas),
            Err(it) => it,
        };
        want.assert_eq(&out);
    }

    #[test]
    fn connection_strings_are_read_as_the_tools_of_azure_read_them() {
        check(
            "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=aw==;EndpointSuffix=core.example",
            expect![[
                r#"https://a.blob.core.example https://a.queue.core.example a Some("aw==") None"#
            ]],
        );
        check(
            "BlobEndpoint=https://b/;QueueEndpoint=https://q/;SharedAccessSignature=?sv=1&sig=x=",
            expect![[r#"https://b/ https://q/  None Some("sv=1&sig=x=")"#]],
        );
        check("AccountName=a", expect!["`AccountKey` or `SharedAccessSignature` is missing"]);
        check(
            "AccountName=a;AccountKey=canary-",
            expect!["`AccountKey` is not base64: copy it whole, as the portal shows it"],
        );
        check("AccountKey=aw==", expect!["`AccountName` or `blobendpoint` is missing"]);
        check("nonsense", expect!["each part must be `Name=value`"]);
    }

    #[test]
    fn another_key_of_the_same_account_is_told_from_another_account() {
        let read = |text: &str| ConnectionString::parse(text).unwrap();
        let ours = read("AccountName=a;AccountKey=bmV3;EndpointSuffix=core.windows.net");
        let cases = [
            ("AccountName=a;AccountKey=b2xk", true),
            (
                "BlobEndpoint=https://a.blob.core.windows.net/;QueueEndpoint=https://q;SharedAccessSignature=s",
                true,
            ),
            ("AccountKey=bmV3;AccountName=a;DefaultEndpointsProtocol=https", false),
            ("AccountName=b;AccountKey=b2xk", false),
        ];
        for (text, want) in cases {
            assert_eq!(read(text).is_of_another_key(&ours), want, "{text}");
        }
    }
}
