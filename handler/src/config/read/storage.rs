//! How Azure Storage is reached.

use super::Reader;
use crate::config::{ConnectionString, Credential, Secret, Storage};

impl Reader<'_> {
    pub(super) fn storage(&mut self) -> Option<Storage> {
        if let Some(text) = self.text("SyncStorage") {
            return Some(Storage::ConnectionString(Secret::new(text)));
        }
        let blob = self.url("SyncStorage__blobServiceUri");
        let queue = self.url("SyncStorage__queueServiceUri");
        match (blob, queue) {
            (None, None) => None,
            (Some(blob), Some(queue)) => {
                let client_id = self.text("SyncStorage__clientId");
                let credential = self.credential(false);
                Some(Storage::Identity { blob, queue, client_id, credential })
            }
            (Some(_), None) => {
                self.missing(
                    "SyncStorage__queueServiceUri",
                    "the queue endpoint, https://ACCOUNT.queue.core.windows.net",
                );
                None
            }
            (None, Some(_)) => {
                self.missing(
                    "SyncStorage__blobServiceUri",
                    "the blob endpoint, https://ACCOUNT.blob.core.windows.net",
                );
                None
            }
        }
    }

    /// Which identity this place has: workload (AKS), managed (Functions), or a developer's tools.
    /// A managed one also when `wanted`.
    pub(super) fn credential(&self, wanted: bool) -> Credential {
        if self.text("AZURE_FEDERATED_TOKEN_FILE").is_some() {
            Credential::Workload
        } else if wanted
            || self.text("IDENTITY_ENDPOINT").is_some()
            || self.text("SyncStorage__credential").is_some()
        {
            Credential::Managed
        } else {
            Credential::Developer
        }
    }
}

/// The storage account's name.
pub(super) fn account(storage: &Storage) -> Option<String> {
    match storage {
        Storage::Identity { blob, .. } => of_endpoint(blob),
        Storage::ConnectionString(text) => {
            let parsed = ConnectionString::parse(text.expose()).ok()?;
            if !parsed.account.is_empty() {
                return Some(parsed.account);
            }
            // with a signature the account stands in the endpoint alone
            of_endpoint(&parsed.blob.parse().ok()?)
        }
    }
}

/// `https://ACCOUNT.blob.core.windows.net`, or the emulator's `http://127.0.0.1:10000/ACCOUNT`
fn of_endpoint(blob: &url::Url) -> Option<String> {
    match blob.host()? {
        url::Host::Domain(name) => name.split('.').next().map(str::to_owned),
        _ => blob.path_segments()?.next().map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Reader;

    #[test]
    fn an_installation_is_named_after_its_account_however_that_is_given() {
        let blob = "SyncStorage__blobServiceUri";
        for (name, value) in [
            ("SyncStorage", "AccountName=acme;AccountKey=aw=="),
            (
                "SyncStorage",
                "BlobEndpoint=https://acme.blob.example/;QueueEndpoint=https://q/;SharedAccessSignature=s",
            ),
            (
                "SyncStorage",
                "BlobEndpoint=http://127.0.0.1:1/acme;QueueEndpoint=http://q/;SharedAccessSignature=s",
            ),
            (blob, "https://acme.blob.core.windows.net"),
        ] {
            let lookup = |it: &str| match it {
                "PREFECT_API_URL" => Some("http://h/api".to_owned()),
                "SyncStorage__queueServiceUri" if name == blob => Some("https://q/".to_owned()),
                it => (it == name).then(|| value.to_owned()),
            };
            let config = Reader::new(&lookup).config().unwrap();
            assert_eq!(config.instance.as_str(), "acme", "{value}");
        }
    }
}
