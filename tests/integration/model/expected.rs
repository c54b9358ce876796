//! What the promises make of a history, without a word of how that is done.

use std::collections::{BTreeMap, BTreeSet};

use super::history::{BUNDLES, Declared, Edit, FOREIGN, Files, Prune, SHARED};
use super::schedules::{self, Schedule};

/// A flow, that of the bundle of this number or after them the one that all have, and the name of one of its deployments.
pub(super) type Key = (usize, usize);

/// The deployment that `bundle` declares by `name`.
pub(super) fn key(bundle: usize, name: usize) -> Key {
    (if name == SHARED { BUNDLES } else { bundle }, name)
}

/// The installation as it should be.
#[derive(Debug, Clone)]
pub(super) struct World {
    /// Prefect 3.
    pub(super) three: bool,
    pub(super) prune: Prune,
    pub(super) blobs: [Option<Files>; BUNDLES],
    pub(super) states: [Option<State>; BUNDLES],
    pub(super) live: BTreeMap<Key, Live>,
    /// The versions of the archives, also of those that are gone.
    pub(super) etags: [String; BUNDLES],
    /// Who was refused what the bundle owns, with which archive.
    pub(super) heirs: [Option<(usize, String)>; BUNDLES],
    /// The archive that was looked at last, and whether all that it declares is registered.
    pub(super) looked: [Option<(String, bool)>; BUNDLES],
    /// How many were made.
    born: usize,
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
    /// Which one of that name it was.
    born: usize,
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
    /// Which one of its name it is; not seen.
    pub(super) born: usize,
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

/// The tag that says that it is the bundle's.
pub(super) fn marker(bundle: usize) -> String {
    format!("marker-{bundle}")
}

pub(super) fn is_marker(tag: &str) -> bool {
    tag.starts_with("marker-")
}

impl World {
    pub(super) fn new(three: bool, prune: Prune) -> Self {
        let (blobs, states) = ([const { None }; BUNDLES], [const { None }; BUNDLES]);
        let (etags, live) = ([const { String::new() }; BUNDLES], BTreeMap::new());
        let (heirs, looked) = ([const { None }; BUNDLES], [const { None }; BUNDLES]);
        Self { three, prune, blobs, states, live, etags, heirs, looked, born: 0 }
    }

    /// What `passes` over bundles, each by the timer or not, may come to, in whatever order they are worked on, and what they may
    /// do. Bundles meet only where they declare the same.
    pub(super) fn passed(&self, passes: &[(usize, bool)]) -> (Vec<Self>, May) {
        let of = |bundle: usize| passes.iter().copied().filter(move |it| it.0 == bundle);
        let one_by_one: Vec<_> = (0..BUNDLES).flat_map(of).collect();
        let other: Vec<_> = (0..BUNDLES).rev().flat_map(of).collect();
        let twice = |it: &[(usize, bool)]| it.iter().chain(it).copied().collect::<Vec<_>>();
        let orders = [passes.to_vec(), twice(&one_by_one), twice(&other), one_by_one, other];
        let (mut worlds, mut all) = (Vec::<Self>::new(), May::default());
        for order in orders {
            let mut world = self.clone();
            for (bundle, is_timer) in order {
                let may = world.pass(bundle, is_timer);
                all.write |= may.write;
                all.create.extend(may.create);
                all.delete.extend(may.delete);
            }
            if worlds.iter().all(|it| it.live != world.live || it.heirs != world.heirs) {
                worlds.push(world);
            }
        }
        (worlds, all)
    }

    /// A pass over one bundle.
    pub(super) fn pass(&mut self, bundle: usize, is_timer: bool) -> May {
        let (before, mut may) = (self.live.clone(), May::default());
        let looked = |is_good| Some((self.etags[bundle].clone(), is_good));
        match self.blobs[bundle].clone() {
            Some(Files::Sound(wanted)) => {
                self.looked[bundle] = looked(!self.is_refused(bundle, &wanted));
                self.apply(bundle, wanted, &mut may);
            }
            Some(Files::Broken) => self.looked[bundle] = looked(false),
            None if is_timer => self.remove(bundle),
            None => {}
        }
        may.write |= before != self.live;
        may.create.extend(self.live.keys().filter(|it| !before.contains_key(it)));
        let gone = before.iter().filter(|it| !self.live.contains_key(it.0));
        may.delete = gone.map(|it| it.1.id.clone()).collect();
        may
    }

    fn apply(&mut self, bundle: usize, wanted: Vec<Declared>, may: &mut May) {
        if self.is_refused(bundle, &wanted) {
            for owner in (0..BUNDLES).filter(|it| *it != bundle) {
                if wanted.iter().any(|it| self.other(bundle, it.name) == Some(owner)) {
                    self.heirs[owner] = Some((bundle, self.etags[bundle].clone()));
                }
            }
            return;
        }
        let mut state = self.states[bundle].take();
        may.write = state.as_ref().is_none_or(|it| it.applied != wanted);
        let mut owned = state.take().unwrap_or_default().owned;
        for want in &wanted {
            let inherited = self.inherited(bundle, want.name).cloned();
            let before = inherited.as_ref().or(owned.get(&want.name));
            let key = key(bundle, want.name);
            let mut live = updated(want, self.live.get(&key), before, self.three);
            if !self.live.contains_key(&key) {
                self.born += 1;
                live.born = self.born;
            }
            live.tags.retain(|it| !is_marker(it));
            live.tags.insert(marker(bundle));
            let born = live.born;
            self.live.insert(key, live);
            let declared = want.clone();
            owned.insert(want.name, Owned { declared, retired: false, off: false, born });
        }
        let undeclared = |name: &usize| wanted.iter().all(|it| it.name != *name);
        if !wanted.is_empty() {
            self.retire(bundle, &mut owned, undeclared);
        }
        owned.retain(|name, _| self.live.contains_key(&key(bundle, *name)));
        self.states[bundle] = Some(State { owned, applied: wanted });
    }

    /// Of one that is foreign nothing of the bundle is written.
    fn is_refused(&self, bundle: usize, wanted: &[Declared]) -> bool {
        wanted.iter().any(|it| it.name == FOREIGN || self.is_anothers(bundle, it.name))
    }

    /// Whether another bundle has what `bundle` declares by `name`, or nobody that is known.
    fn is_anothers(&self, bundle: usize, name: usize) -> bool {
        let Some(live) = self.live.get(&key(bundle, name)) else { return false };
        if let Some(owner) = self.other(bundle, name) {
            return !self.is_orphan(owner);
        }
        let owned = self.states[bundle].iter().find_map(|it| it.owned.get(&name));
        let is_known = owned.is_some_and(|it| it.born == live.born);
        !(is_known || live.tags.contains(&marker(bundle)))
    }

    /// The other bundle whose marker is on what `bundle` declares by `name`.
    fn other(&self, bundle: usize, name: usize) -> Option<usize> {
        let live = self.live.get(&key(bundle, name))?;
        (0..BUNDLES).find(|it| *it != bundle && live.tags.contains(&marker(*it)))
    }

    /// Its archive is gone: what it owns goes over to who declares it.
    fn is_orphan(&self, bundle: usize) -> bool {
        self.blobs[bundle].is_none() && self.states[bundle].is_some()
    }

    /// What the one that had it before knows of it.
    fn inherited(&self, bundle: usize, name: usize) -> Option<&Owned> {
        let owner = self.other(bundle, name).filter(|it| self.is_orphan(*it))?;
        let owned = self.states[owner].as_ref()?.owned.get(&name)?;
        let live = self.live.get(&key(bundle, name))?;
        (owned.born == live.born).then_some(owned)
    }

    /// The archive is gone.
    fn remove(&mut self, bundle: usize) {
        if self.states[bundle].is_none() {
            return;
        }
        // that one takes it over first
        let heir = self.heirs[bundle].as_ref();
        if heir.is_some_and(|(heir, etag)| self.may_hold(*heir, etag)) {
            return;
        }
        self.heirs[bundle] = None;
        let Some(mut state) = self.states[bundle].take() else { return };
        if self.blobs.iter().flatten().count() > 0 {
            self.retire(bundle, &mut state.owned, |_| true);
        }
        state.owned.retain(|name, _| self.live.contains_key(&key(bundle, *name)));
        state.applied = Vec::new();
        self.states[bundle] = (!state.owned.is_empty()).then_some(state);
    }

    /// Whether the archive of `heir`, of which that of `noted` was refused, may declare what it was refused for.
    fn may_hold(&self, heir: usize, noted: &str) -> bool {
        let now = &self.etags[heir];
        let seen = self.looked[heir].as_ref().filter(|it| it.0 == *now);
        self.blobs[heir].is_some() && seen.is_none_or(|(_, is_good)| noted == now && !is_good)
    }

    fn retire(
        &mut self,
        bundle: usize,
        owned: &mut BTreeMap<usize, Owned>,
        goes: impl Fn(&usize) -> bool,
    ) {
        for (name, owned) in owned.iter_mut().filter(|it| goes(it.0)) {
            let key = key(bundle, *name);
            if self.other(bundle, *name).is_some()
                || self.live.get(&key).is_none_or(|it| it.born != owned.born)
            {
                continue;
            }
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
            Edit::RetimeSchedule(at) => {
                if let Some(it) = schedules::nth(&mut live.schedules, *at) {
                    it.timing = schedules::retimed(*at);
                }
            }
            Edit::AddSchedule { slug } => {
                live.schedules.extend(schedules::added(*slug, &live.schedules));
            }
            Edit::Delete => drop(self.live.remove(&key)),
            Edit::RemoveMarker => live.tags.retain(|it| !is_marker(it)),
            Edit::SwitchOff => {
                if let Some(it) = &mut live.trigger {
                    it.enabled = Some(false);
                }
            }
        }
    }

    /// The names of what is owned and live.
    pub(super) fn owned(&self, bundle: usize) -> Vec<Key> {
        let owned = self.states[bundle].iter().flat_map(|it| &it.owned);
        let is_it = |(name, owned): &(&usize, &Owned)| {
            self.other(bundle, **name).is_none()
                && self.live.get(&key(bundle, **name)).is_some_and(|it| it.born == owned.born)
        };
        owned.filter(is_it).map(|(name, _)| key(bundle, *name)).collect()
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
        born: 0,
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
