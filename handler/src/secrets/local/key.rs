//! The key that versions of a file's secrets are made with.

use std::io::{self, Write as _};
use std::path::Path;

use azure_core::credentials::Secret;
use azure_core::hmac::hmac_sha256;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::secret::VersionId;
use zeroize::Zeroizing;

use super::parse::Entry;

/// Bytes.
const LENGTH: usize = 32;
/// Of a version, as Key Vault has it: 32 hex digits.
const VERSION: usize = 16;

/// 32 random bytes, in base64.
pub(super) struct Key(Secret);

impl Key {
    /// The key in `file`, which is made when there is none.
    pub(super) fn of(file: &Path) -> io::Result<Self> {
        match std::fs::read_to_string(file) {
            Ok(text) => Self::parse(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::make(file),
            Err(error) => Err(error),
        }
    }

    fn parse(text: String) -> io::Result<Self> {
        let text = Zeroizing::new(text);
        let bytes = STANDARD.decode(text.trim()).map(Zeroizing::new);
        if bytes.is_ok_and(|it| it.len() == LENGTH) {
            return Ok(Self(Secret::new(text.trim().to_owned())));
        }
        let why = ".secrets.key is no key; without the file a new one is made";
        Err(io::Error::new(io::ErrorKind::InvalidData, why))
    }

    /// Whole or not at all, readable by its owner only; who makes one at the same time wins or loses, and both have the same.
    fn make(file: &Path) -> io::Result<Self> {
        let bytes = Zeroizing::new(rand::random::<[u8; LENGTH]>());
        let text = Zeroizing::new(STANDARD.encode(bytes.as_slice()));
        let folder = file.parent().unwrap_or_else(|| Path::new("."));
        let mut made = tempfile::NamedTempFile::new_in(folder)?;
        made.write_all(text.as_bytes())?;
        made.as_file().sync_all()?;
        match made.persist_noclobber(file) {
            Ok(_) => {}
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error.error),
        }
        Self::parse(std::fs::read_to_string(file)?)
    }

    /// The version of `entry`: another one whenever its value is.
    pub(super) fn version(&self, entry: &Entry) -> io::Result<VersionId> {
        let text = Zeroizing::new(format!("{}\0{}", entry.name, entry.value.expose()));
        let made = hmac_sha256(&text, &self.0).map_err(io::Error::other)?;
        let bytes = STANDARD.decode(made).map_err(io::Error::other)?;
        let digits = bytes.iter().take(VERSION).flat_map(|it| [it >> 4, it & 0xf]);
        let hex: String = digits.filter_map(|it| char::from_digit(it.into(), 16)).collect();
        VersionId::new(hex).map_err(io::Error::other)
    }
}
