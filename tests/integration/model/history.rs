//! What authors, persons and the world do to an installation, at random.

use proptest::option;
use proptest::prelude::*;

/// Everything that happens, in its order.
#[derive(Debug, Clone)]
pub(super) struct History {
    /// `SYNC_PRUNE`
    pub(super) prune: Prune,
    pub(super) actions: Vec<(Action, Option<Trouble>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Prune {
    Keep,
    Pause,
    Delete,
}

#[derive(Debug, Clone)]
pub(super) enum Action {
    /// An archive; its event comes so often.
    Upload(usize, Files, usize),
    /// The archive is deleted; the event comes so often.
    Delete(usize, usize),
    /// Every archive is deleted; each event comes so often.
    Empty(usize),
    /// A person changes a live deployment of a bundle.
    Edit(usize, usize, Edit),
    /// An event that came before comes again, whatever is there now.
    Again(usize),
    Timer,
}

#[derive(Debug, Clone)]
pub(super) enum Files {
    Sound(Vec<Declared>),
    Broken,
}

/// A deployment as an author declares it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Declared {
    /// Its place in [`NAMES`].
    pub(super) name: usize,
    pub(super) description: Option<u8>,
    pub(super) tags: Option<Vec<u8>>,
    /// The parameter `limit`.
    pub(super) limit: Option<u8>,
    pub(super) paused: Option<bool>,
    pub(super) schedules: Option<Schedules>,
    /// What its trigger expects.
    pub(super) trigger: Option<u8>,
}

/// At most one schedule of each kind, so that which is which is beyond doubt.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Schedules {
    /// Hour and `active`.
    pub(super) slugged: Option<(u8, Option<bool>)>,
    pub(super) plain: Option<(u8, Option<bool>)>,
    /// Weeks and `active`; without a slug only where `plain` is not there.
    pub(super) interval: Option<(u8, Option<bool>)>,
}

#[derive(Debug, Clone)]
pub(super) enum Edit {
    Describe(u8),
    Tag(u8),
    Pause(bool),
    /// The n-th schedule of ours.
    PauseSchedule(usize),
    /// That one gets a timing of its own.
    RetimeSchedule(usize),
    AddSchedule {
        slug: bool,
    },
    Delete,
    RemoveMarker,
    SwitchOff,
}

/// What goes wrong with the n-th request to Prefect.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trouble {
    pub(super) kind: Wrong,
    pub(super) nth: usize,
    pub(super) writes: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    Unavailable,
    CutBefore,
    CutAfter,
    KillBefore,
    KillAfter,
}

/// Names of deployments; of [`FOREIGN`] there is a foreign one in each flow, [`SHARED`] is of a flow that every bundle has.
pub(super) const NAMES: [&str; 5] = ["a", "b", "c", "theirs", "shared"];
pub(super) const FOREIGN: usize = 3;
pub(super) const SHARED: usize = 4;
/// How many bundles there may be.
pub(super) const BUNDLES: usize = 2;

pub(super) fn histories() -> impl Strategy<Value = History> {
    let prune = prop_oneof![Just(Prune::Keep), Just(Prune::Pause), Just(Prune::Delete)];
    let actions = prop::collection::vec((actions(), option::weighted(0.3, troubles())), 6..14);
    (prune, actions).prop_map(|(prune, actions)| History { prune, actions })
}

impl History {
    /// Whether two bundles declare one deployment.
    pub(super) fn is_contested(&self) -> bool {
        let claims =
            |it: &Files| matches!(it, Files::Sound(all) if all.iter().any(|it| it.name == SHARED));
        let by = |bundle: usize| {
            let uploads = self.actions.iter().map(|it| &it.0);
            uploads.filter(|it| matches!(it, Action::Upload(at, files, _) if *at == bundle && claims(files))).count()
        };
        (0..BUNDLES).filter(|it| by(*it) > 0).count() > 1
    }
}

fn actions() -> impl Strategy<Value = Action> {
    let bundle = || 0..BUNDLES;
    let times = || prop_oneof![1 => Just(0), 4 => Just(1), 2 => Just(2)];
    let edited = prop_oneof![5 => 0..FOREIGN, 2 => Just(SHARED)];
    prop_oneof![
        7 => (bundle(), files(), times()).prop_map(|(at, files, events)| Action::Upload(at, files, events)),
        1 => (bundle(), times()).prop_map(|(at, events)| Action::Delete(at, events)),
        1 => times().prop_map(Action::Empty),
        6 => (bundle(), edited, edits()).prop_map(|(at, name, edit)| Action::Edit(at, name, edit)),
        2 => (0..8_usize).prop_map(Action::Again),
        2 => Just(Action::Timer),
    ]
}

fn files() -> impl Strategy<Value = Files> {
    let name = prop_oneof![12 => 0..FOREIGN, 1 => Just(FOREIGN), 3 => Just(SHARED)];
    let named = prop::collection::btree_map(name, declared(), 0..=3);
    let sound = named.prop_map(|it| {
        Files::Sound(it.into_iter().map(|(name, it)| Declared { name, ..it }).collect())
    });
    prop_oneof![9 => sound, 1 => Just(Files::Broken)]
}

fn declared() -> impl Strategy<Value = Declared> {
    let paused = option::weighted(0.25, any::<bool>());
    let tags = option::of(prop::collection::vec(0..3_u8, 0..3));
    (
        option::of(0..2_u8),
        tags,
        option::of(0..3_u8),
        paused,
        option::weighted(0.7, schedules()),
        option::weighted(0.3, 0..2_u8),
    )
        .prop_map(|(description, tags, limit, paused, schedules, trigger)| Declared {
            name: 0,
            description,
            tags,
            limit,
            paused,
            schedules,
            trigger,
        })
}

fn schedules() -> impl Strategy<Value = Schedules> {
    let one = |from: u8| option::of((from..from + 2, option::weighted(0.2, any::<bool>())));
    (one(1), one(4), one(1)).prop_map(|(slugged, plain, interval)| Schedules {
        slugged,
        plain,
        interval: interval.filter(|_| plain.is_none()),
    })
}

fn edits() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (5..7_u8).prop_map(Edit::Describe),
        (5..7_u8).prop_map(Edit::Tag),
        any::<bool>().prop_map(Edit::Pause),
        (0..2_usize).prop_map(Edit::PauseSchedule),
        (0..2_usize).prop_map(Edit::RetimeSchedule),
        any::<bool>().prop_map(|slug| Edit::AddSchedule { slug }),
        Just(Edit::Delete),
        Just(Edit::RemoveMarker),
        Just(Edit::SwitchOff),
    ]
}

fn troubles() -> impl Strategy<Value = Trouble> {
    let kind = prop_oneof![
        Just(Wrong::Unavailable),
        Just(Wrong::CutBefore),
        Just(Wrong::CutAfter),
        Just(Wrong::KillBefore),
        Just(Wrong::KillAfter),
    ];
    (kind, 1..9_usize, any::<bool>()).prop_map(|(kind, nth, writes)| Trouble { kind, nth, writes })
}
