//! RS256 for `jsonwebtoken`, on ring: the one signature that Entra ID makes. Every other algorithm is refused, whatever a token
//! says of itself.

use jsonwebtoken::crypto::{CryptoProvider, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{ErrorKind, Result, new_error};
use jsonwebtoken::signature::{Error, Verifier};
use jsonwebtoken::{Algorithm, DecodingKey, DecodingKeyKind};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};

static PROVIDER: CryptoProvider = CryptoProvider {
    signer_factory: |_, _| Err(new_error(ErrorKind::UnsupportedAlgorithm)),
    verifier_factory: |algorithm, key| verifier(*algorithm, key),
    // asked for thumbprints and for keys in PEM or DER: there are none here
    key_utils: KeyUtils::new_unimplemented(),
};

/// Has `jsonwebtoken` verify with ring.
pub(super) fn install() {
    // a second time changes nothing
    let _is_there = PROVIDER.install_default();
}

fn verifier(algorithm: Algorithm, key: &DecodingKey) -> Result<Box<dyn JwtVerifier>> {
    match (algorithm, key.kind()) {
        (Algorithm::RS256, DecodingKeyKind::RsaModulusExponent { n, e }) => {
            let key = RsaPublicKeyComponents { n: n.clone(), e: e.clone() };
            Ok(Box::new(Rs256(key)))
        }
        _ => Err(new_error(ErrorKind::InvalidAlgorithm)),
    }
}

/// A public key of 2048 to 8192 bits.
struct Rs256(RsaPublicKeyComponents<Vec<u8>>);

impl Verifier<Vec<u8>> for Rs256 {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> std::result::Result<(), Error> {
        let verified = self.0.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature);
        // it does not say why
        verified.map_err(|_unspecified| Error::new())
    }
}

impl JwtVerifier for Rs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::RS256
    }
}
