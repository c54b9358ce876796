//! Deployment files in Python -> entries of one `prefect.yaml` that register the same.
//!
//! What the entries register is read back and compared, so that every difference is told.

mod braces;
mod compare;
mod entry;
mod found;
mod probe;
mod removed;
mod told;

use std::collections::BTreeSet;

use serde_json::Value;

use self::probe::Probe;
use super::{Conversion, manifest};
use crate::declare::Settings;
use crate::desired::{Deployment, Field};
use crate::evaluate::Captured;
use crate::tree::Tree;

/// A deployment of a Python file.
struct Declared {
    /// What it registers.
    was: Deployment,
    /// What its file says.
    captured: Captured,
    /// Fields that an entry has to state, since they are not what Prefect fills in.
    stated: BTreeSet<Field>,
}

/// The conversion of the `*deployment.py` files of `tree` that have no error; empty when they declare nothing.
///
/// A deployment that an entry cannot register stays in its file, with an error that says why.
pub fn declarations(tree: &Tree, settings: &Settings) -> Conversion {
    let mut out = Conversion::default();
    let found = found::read(tree, settings);
    out.report.extend(found.built.iter().map(told::built));
    if found.all.is_empty() {
        return out;
    }
    let Possible { kept, lost, last } = possible(tree, settings, found.all);
    out.report.extend(told::carried(&kept, found.carried));
    for it in &lost {
        let why = probe::why(tree, settings, it);
        out.report.push(told::lost(it, &why));
    }
    for it in &kept {
        let now = last.get(&it.was);
        let differences = now.map(|now| compare::differences(it, now, settings.dialect));
        out.report.extend(told::converted(it, &differences.unwrap_or_default()));
    }
    let entries = entries(&kept);
    out.files.extend(manifest::with(tree, &entries, &mut out.report));
    if !out.files.is_empty() {
        removed::add(tree, settings, (&kept, &lost), &last, &mut out);
    }
    out.files.sort_by(|a, b| a.path.cmp(&b.path));
    out.report.sort_by(|a, b| a.diagnostic.at.cmp(&b.diagnostic.at));
    out
}

/// What becomes of the deployments.
struct Possible {
    /// Those that an entry can register.
    kept: Vec<Declared>,
    /// Those that none can.
    lost: Vec<Declared>,
    /// What the entries of `kept` register.
    last: Probe,
}

/// Reads the entries back until each of them registers its deployment: what one states beyond the first reading may be what
/// a prefect.yaml cannot say.
fn possible(tree: &Tree, settings: &Settings, found: Vec<Declared>) -> Possible {
    let is_kept = |it: &Declared, probe: &Probe| {
        probe.get(&it.was).is_some() && braces::replaced(it, settings.dialect).is_none()
    };
    let first = Probe::of(tree, settings, &entries(&found));
    let (mut kept, mut lost): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|it| is_kept(it, &first));
    for it in &mut kept {
        let now = first.get(&it.was);
        let stated = now.map(|now| compare::to_state(&it.was, now, settings.dialect));
        it.stated = stated.unwrap_or_default();
    }
    loop {
        let last = Probe::of(tree, settings, &entries(&kept));
        let (still, none): (Vec<_>, Vec<_>) = kept.into_iter().partition(|it| is_kept(it, &last));
        kept = still;
        if none.is_empty() {
            return Possible { kept, lost, last };
        }
        lost.extend(none);
    }
}

/// What `it` registers for `field`; null when nothing.
fn registered(it: &Deployment, field: Field) -> Value {
    it.registered.get(&field).or_else(|| it.fields.get(&field)).cloned().unwrap_or_default()
}

fn entries(all: &[Declared]) -> Vec<Value> {
    all.iter().map(entry::of).collect()
}
