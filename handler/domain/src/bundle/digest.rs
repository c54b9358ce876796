//! The digest of a bundle: the same files give the same digest, however they were packed.

use std::fmt::Write as _;

use sha2::Digest as _;

use crate::names::Digest;
use crate::tree::Tree;

/// SHA-256 of `bytes`, 64 lower-case hex digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&sha2::Sha256::digest(bytes))
}

/// The digest of the files of `tree`, in order of path.
///
/// Per file, the SHA-256 takes in: the length of the path in bytes as 8 bytes, big-endian; the path in UTF-8; one byte,
/// 1 when executable, else 0; the 64 hex digits of the content's SHA-256. Every part has a known length, so no two lists
/// of files give the same input. Times, owners, folders and the order in the archive play no part.
pub fn digest(tree: &Tree) -> Digest {
    let mut hash = sha2::Sha256::new();
    for (path, entry) in tree.entries() {
        hash.update((path.len() as u64).to_be_bytes());
        hash.update(path.as_bytes());
        hash.update([u8::from(entry.executable)]);
        hash.update(entry.sha256.as_bytes());
    }
    Digest::of_hash(&hash.finalize().into())
}

fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _infallible = write!(out, "{byte:02x}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Entry;

    fn with(path: &str, executable: bool, modified: Option<i64>) -> Tree {
        let mut tree = Tree::of_texts([("a.py", "1")]);
        let entry = Entry { size: 1, sha256: sha256_hex(b"2"), executable, modified };
        tree.insert(path, entry, None);
        tree
    }

    #[test]
    fn a_path_or_the_executable_bit_changes_the_digest_and_a_time_does_not() {
        let base = digest(&with("b.py", false, None));
        assert_eq!(base, digest(&with("b.py", false, Some(7))));
        assert_ne!(base, digest(&with("c.py", false, None)));
        assert_ne!(base, digest(&with("b.py", true, None)));
    }

    #[test]
    fn the_digest_of_nothing_is_that_of_no_bytes() {
        assert_eq!(digest(&Tree::default()).as_str(), sha256_hex(b""));
    }

    #[test]
    fn the_encoding_stays_as_documented() {
        let mut bytes = 4_u64.to_be_bytes().to_vec();
        bytes.extend(b"a.py\0");
        bytes.extend(sha256_hex(b"1").as_bytes());
        assert_eq!(digest(&Tree::of_texts([("a.py", "1")])).as_str(), sha256_hex(&bytes));
    }
}
