//! What the timer removes beside the bundles.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde_json::Value;

use super::Folder;
use crate::servers::three;

const DAY: Duration = Duration::from_hours(24);

impl Folder {
    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// A file that was written so long ago.
    fn old(&self, name: &str, age: Duration) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, "{}").unwrap();
        aged(&path, age);
    }

    /// The digest that is registered, 12 digits.
    fn digest(&self, bundle: &str) -> String {
        let path = self.path(&format!("receipts/{bundle}/receipts/latest.json"));
        let receipt: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        receipt["digest"].as_str().unwrap().chars().take(12).collect()
    }
}

fn aged(path: &Path, age: Duration) {
    #[expect(clippy::disallowed_methods, reason = "the time of a file")]
    let then = SystemTime::now() - age;
    std::fs::File::options().append(true).open(path).unwrap().set_modified(then).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn receipts_of_requests_go_after_two_weeks_and_nothing_else_does() {
    let folder = Folder::new("housed");
    folder.put("housed");
    let (old, young) = (15 * DAY, 13 * DAY);
    let stays = [
        ("receipts/.requests/young.json", young),
        ("receipts/housed/.requests/young.json", young),
        ("receipts/housed/receipts/0123456789ab.json", old),
        ("receipts/housed/notes.json", old),
    ];
    let goes = ["receipts/.requests/old.json", "receipts/housed/.requests/old.json"];
    for (name, age) in stays {
        folder.old(name, age);
    }
    for name in goes {
        folder.old(name, old);
    }
    assert!(folder.once(&three().await.api).status.success());
    let there: Vec<&str> = goes.into_iter().filter(|it| folder.path(it).exists()).collect();
    assert_eq!(there, [""; 0]);
    assert!(stays.iter().all(|it| folder.path(it.0).exists()));
    assert!(folder.path("receipts/housed/state.json").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn code_whose_deletion_was_cut_off_goes_with_the_next_pass() {
    let api = &three().await.api;
    let folder = Folder::new("cut-off");
    folder.put("cut-off");
    assert!(folder.once(api).status.success());
    let current = folder.digest("cut-off");
    let staged = format!("code/cut-off/{current}");
    // the manifest is deleted first: this is what a kill leaves
    folder.old("code/cut-off/0123456789ab/flows/hello.py", 2 * DAY);
    folder.old("code/cut-off/0123456789ab/prefect.yaml", 2 * DAY);
    // one that is being uploaded, a whole one, and a bundle that has the name of a digest
    folder.old("code/cut-off/1123456789ab/prefect.yaml", DAY / 2);
    folder.old("code/cut-off/2123456789ab/prefect.yaml", 2 * DAY);
    folder.old("code/cut-off/2123456789ab.manifest.json", 2 * DAY);
    folder.old("code/cut-off/3123456789ab/4123456789ab/prefect.yaml", 2 * DAY);
    folder.old("receipts/cut-off/3123456789ab/receipts/latest.json", 2 * DAY);
    // what is registered stays, even without a manifest
    let hello = folder.path(&format!("{staged}/flows/hello.py"));
    aged(&hello, 2 * DAY);
    assert!(folder.once(api).status.success());
    let left = |name: &str| folder.path(&format!("code/cut-off/{name}/prefect.yaml")).exists();
    assert!(!left("0123456789ab"));
    assert!(!folder.path("code/cut-off/0123456789ab/flows/hello.py").exists());
    for name in ["1123456789ab", "2123456789ab", "3123456789ab/4123456789ab", &current] {
        assert!(left(name), "{name}");
    }
}
