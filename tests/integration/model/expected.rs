//! What the promises make of a history, without a word of how that is done.

use std::collections::{BTreeMap, BTreeSet};

use super::history::{BUNDLES, Declared, Edit, FOREIGN, Files, Prune};
use super::schedules::{self, Schedule};

/// A bundle, and the name of one of its deployments.
pub(super) type Key = (usize, usize);

/// The installation as it should be.
#[derive(Debug, Clone)]
pub(super) struct World {
    /// Prefect 3.
    pub(super) three: bool,
    pub(super) prune: Prune,
    pub(super) blobs: [Option<Files>; BUNDLES],
    pub(super) states: [Option<State>; BUNDLES],
    pub(super) live: BTreeMap<Key, Live>,
}

/// What an installation remembers of a bundle.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    pub(super) owned: BTreeMap<usize, Owned>,
    applied: Vec<Declared>,
}

#[derive(Debug, Clone)]
pub(super) struct Owned {
    declared: Declared,
    /// It was paused for want of a declaration.
    retired: bool,
    /// So was its trigger.
    off: bool,
}

/// A deployment on the server.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Live {
    /// Empty until it is seen.
    pub(super) id: String,
    pub(super) description: Option<String>,
    pub(super) tags: BTreeSet<String>,
    pub(super) limit: Option<u8>,
    pub(super) paused: bool,
    pub(super) schedules: Vec<Schedule>,
    pub(super) trigger: Option<Trigger>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Trigger {
    pub(super) expects: u8,
    /// `None`: either will do.
    pub(super) enabled: Option<bool>,
}

/// What one pass may do.
#[derive(Debug, Default)]
pub(super) struct May {
    /// Anything at all.
    pub(super) write: bool,
    pub(super) create: BTreeSet<Key>,
    /// Ids of deployments.
    pub(super) delete: BTreeSet<String>,
}

/// A tag that says so; the marker is none of these.
pub(super) fn tag(number: u8) -> String {
    format!("tag-{number}")
}

pub(super) const MARKER: &str = "marker";

impl World {
    pub(super) fn new(three: bool, prune: Prune) -> Self {
        let (blobs, states) = ([const { None }; BUNDLES], [const { None }; BUNDLES]);
        Self { three, prune, blobs, states, live: BTreeMap::new() }
    }

    /// A pass over one bundle.
    pub(super) fn pass(&mut self, bundle: usize, is_timer: bool) -> May {
        let (before, mut may) = (self.live.clone(), May::default());
        match self.blobs[bundle].clone() {
            Some(Files::Sound(wanted)) => self.apply(bundle, wanted, &mut may),
            None if is_timer => self.remove(bundle),
            Some(Files::Broken) | None => {}
        }
        may.write |= before != self.live;
        may.create.extend(self.live.keys().filter(|it| !before.contains_key(it)));
        let gone = before.iter().filter(|it| !self.live.contains_key(it.0));
        may.delete = gone.map(|it| it.1.id.clone()).collect();
        may
    }

    fn apply(&mut self, bundle: usize, wanted: Vec<Declared>, may: &mut May) {
        // one that is foreign: nothing of the bundle is written
        if wanted.iter().any(|it| it.name == FOREIGN) {
            return;
        }
        let mut state = self.states[bundle].take();
        may.write = state.as_ref().is_none_or(|it| it.applied != wanted);
        let mut owned = state.take().unwrap_or_default().owned;
        for want in &wanted {
            let before = owned.get(&want.name);
            let live = self.live.get(&(bundle, want.name));
            let live = updated(want, live, before, self.three);
            self.live.insert((bundle, want.name), live);
            owned.insert(want.name, Owned { declared: want.clone(), retired: false, off: false });
        }
        let undeclared = |name: &usize| wanted.iter().all(|it| it.name != *name);
        if !wanted.is_empty() {
            self.retire(bundle, &mut owned, undeclared);
        }
        owned.retain(|name, _| self.live.contains_key(&(bundle, *name)));
        self.states[bundle] = Some(State { owned, applied: wanted });
    }

    /// The archive is gone.
    fn remove(&mut self, bundle: usize) {
        let Some(mut state) = self.states[bundle].take() else { return };
        if self.blobs.iter().flatten().count() > 0 {
            self.retire(bundle, &mut state.owned, |_| true);
        }
        state.owned.retain(|name, _| self.live.contains_key(&(bundle, *name)));
        state.applied = Vec::new();
        self.states[bundle] = (!state.owned.is_empty()).then_some(state);
    }

    fn retire(
        &mut self,
        bundle: usize,
        owned: &mut BTreeMap<usize, Owned>,
        goes: impl Fn(&usize) -> bool,
    ) {
        for (name, owned) in owned.iter_mut().filter(|it| goes(it.0)) {
            let key = (bundle, *name);
            match self.prune {
                Prune::Keep => {}
                Prune::Delete => drop(self.live.remove(&key)),
                Prune::Pause => {
                    let Some(live) = self.live.get_mut(&key).filter(|it| !it.paused) else {
                        continue;
                    };
                    live.paused = true;
                    owned.retired = true;
                    if let Some(it) = &mut live.trigger {
                        owned.off |= it.enabled == Some(true);
                        it.enabled = Some(false);
                    }
                }
            }
        }
    }

    /// What a person does.
    pub(super) fn edit(&mut self, key: Key, edit: &Edit) {
        let Some(live) = self.live.get_mut(&key) else { return };
        match edit {
            Edit::Describe(it) => live.description = Some(format!("text {it}")),
            Edit::Tag(it) => drop(live.tags.insert(tag(*it))),
            Edit::Pause(it) => live.paused = *it,
            Edit::PauseSchedule(at) => {
                if let Some(it) = schedules::nth(&mut live.schedules, *at) {
                    it.active = Some(false);
                }
            }
            Edit::AddSchedule { slug } => {
                live.schedules.extend(schedules::added(*slug, &live.schedules));
            }
            Edit::Delete => drop(self.live.remove(&key)),
            Edit::RemoveMarker => drop(live.tags.remove(MARKER)),
            Edit::SwitchOff => {
                if let Some(it) = &mut live.trigger {
                    it.enabled = Some(false);
                }
            }
        }
    }

    /// The names of what is owned and live.
    pub(super) fn owned(&self, bundle: usize) -> Vec<Key> {
        let owned = self.states[bundle].iter().flat_map(|it| it.owned.keys());
        owned.map(|it| (bundle, *it)).filter(|it| self.live.contains_key(it)).collect()
    }
}

/// What is declared is the author's, what was declared goes back to its default, the rest is theirs.
fn updated(want: &Declared, live: Option<&Live>, before: Option<&Owned>, three: bool) -> Live {
    let blank = Live {
        id: String::new(),
        description: None,
        tags: BTreeSet::new(),
        limit: None,
        paused: false,
        schedules: Vec::new(),
        trigger: None,
    };
    // of one that somebody deleted nothing is left
    let before = before.filter(|_| live.is_some());
    let mut out = live.cloned().unwrap_or(blank);
    let was = before.map(|it| &it.declared);
    if want.description.is_some() || was.is_some_and(|it| it.description.is_some()) {
        out.description = want.description.map(|it| format!("text {it}"));
    }
    if want.limit.is_some() || was.is_some_and(|it| it.limit.is_some()) {
        out.limit = want.limit;
    }
    let retired = before.is_some_and(|it| it.retired);
    let off = before.is_some_and(|it| it.off);
    if want.paused.is_some() || retired || was.is_some_and(|it| it.paused.is_some()) {
        out.paused = want.paused.unwrap_or(false);
    }
    let tags = |it: &Declared| it.tags.clone().unwrap_or_default().into_iter().map(tag);
    for it in was.into_iter().flat_map(tags) {
        out.tags.remove(&it);
    }
    out.tags.extend(tags(want));
    out.tags.insert(MARKER.to_owned());
    let ours = |it: &Declared| it.schedules.clone();
    out.schedules = schedules::updated(
        want.schedules.as_ref(),
        was.and_then(ours).as_ref(),
        &out.schedules,
        three,
    );
    out.trigger = triggered(want, was, out.trigger.filter(|_| three), off).filter(|_| three);
    out
}

fn triggered(
    want: &Declared,
    was: Option<&Declared>,
    live: Option<Trigger>,
    off: bool,
) -> Option<Trigger> {
    let Some(expects) = want.trigger else {
        return live.filter(|_| was.is_none_or(|it| it.trigger.is_none()));
    };
    let enabled = match &live {
        // it was switched off with the deployment
        Some(_) if off => Some(true),
        Some(it) => it.enabled,
        None => Some(true),
    };
    Some(Trigger { expects, enabled })
}
