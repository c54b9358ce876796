//! Whether the same is wanted as before.

use super::Desired;
use crate::bundle::sha256_hex;

impl Desired {
    /// SHA-256, in hex, of the deployments and pools that are wanted. The same files may ask for something else another day:
    /// with another overlay, value of the environment, default pool or Prefect variable. Values are taken as they are printed:
    /// a release that prints them otherwise makes all of them new once, and what differs is then changed, not reported.
    pub fn fingerprint(&self) -> String {
        sha256_hex(format!("{:?}\n{:?}", self.deployments, self.pools).as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Desired, Pool};
    use crate::diagnostic::{Diagnostic, Position, rules};

    fn pool(name: &str) -> Pool {
        let at = Position::start_of("work-pools/a.yaml");
        Pool { at, name: name.into(), r#type: None, fields: [].into(), queues: Vec::new() }
    }

    #[test]
    fn what_is_wanted_counts_and_what_is_said_does_not() {
        let one = Desired { pools: vec![pool("a")], ..Desired::default() };
        let mut said = one.clone();
        let at = Position::start_of("prefect.yaml");
        said.diagnostics = vec![Diagnostic::warning(rules::NOT_POSSIBLE, at, "x")];
        assert_eq!(one.fingerprint(), said.fingerprint());
        let other = Desired { pools: vec![pool("b")], ..Desired::default() };
        assert_ne!(one.fingerprint(), other.fingerprint());
    }
}
