//! What may be registered of a bundle with errors.

use std::collections::BTreeMap;

use crate::desired::{Deployment, Desired};

impl Desired {
    /// The same with only those deployments that stand though others of the bundle are in error: a key that is declared
    /// twice is declared by none. All other deployments in error are not in the list to begin with.
    #[must_use]
    pub fn sound(mut self) -> Self {
        let key = |it: &Deployment| (it.flow.clone(), it.name.clone());
        let mut times = BTreeMap::new();
        for it in &self.deployments {
            *times.entry(key(it)).or_insert(0_usize) += 1;
        }
        self.deployments.retain(|it| times.get(&key(it)) == Some(&1));
        let names: Vec<String> = self.pools.iter().map(|it| it.name.clone()).collect();
        let is_one = |name: &str| names.iter().filter(|it| *it == name).count() == 1;
        self.pools.retain(|it| is_one(&it.name));
        self
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::declare::{Code, PullMode, Settings, desired};
    use crate::dialect::Dialect;
    use crate::names::BundleId;
    use crate::tree::Tree;

    #[test]
    fn what_is_in_error_or_declared_twice_is_not_sound() {
        let one = |name: &str, more: &str| {
            format!("- {{name: {name}, entrypoint: 'a.py:f', work_pool: {{name: p}}{more}}}\n")
        };
        let list =
            [one("good", ""), one("bad", ", version: 1.0"), one("twin", ""), one("twin", "")];
        let yaml = format!("deployments:\n{}", list.concat());
        let flow = "from prefect import flow\n@flow\ndef f():\n    pass\n";
        let settings = Settings {
            dialect: Dialect::new("3.9").unwrap(),
            bundle: BundleId::new("b").unwrap(),
            bundle_name: "b".to_owned(),
            source_roots: Vec::new(),
            now: None,
            default_pool: None,
            live: None,
            overlay: None,
            environment: BTreeMap::new(),
            variables: None,
            pull: PullMode::Auto,
            pip_install: false,
            code: Code::Folder("/b".into()),
        };
        let tree = Tree::of_texts([("prefect.yaml", yaml.as_str()), ("a.py", flow)]);
        let out = desired(&tree, &settings).sound();
        let names: Vec<&str> = out.deployments.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["good"]);
    }
}
