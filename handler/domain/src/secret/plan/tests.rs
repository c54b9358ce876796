//! Secret by secret: what the vault says, what was written, what the server has -> what is done.

use expect_test::{Expect, expect};

use super::super::state::{Entry, newest};
use super::super::tests::{at, block, blocks, secret, version};
use super::super::{LiveBlock, Row, VersionId, Written};
use super::*;
use crate::plan;

const NOW: i64 = 1_000;

/// A vault, what was written from it, and the server.
struct World {
    listed: Vec<Properties>,
    state: Secrets,
    blocks: Blocks,
    policy: Policy,
}

impl World {
    /// Empty but for the secrets `names`, each of which counts.
    fn of(names: &[&str]) -> Self {
        let policy = Policy { selection: Selection::All, near_days: 30, ..Policy::default() };
        let listed = names.iter().map(|it| secret(it)).collect();
        Self { listed, state: Secrets::default(), blocks: blocks(), policy }
    }

    fn live(mut self, address: &str, updated: &str) -> Self {
        let (id, updated) = ("id".to_owned(), updated.to_owned());
        let live = LiveBlock { id, updated, ..LiveBlock::default() };
        self.blocks.live.insert(block(address), live);
        self
    }

    /// `name` was written to `address` when it was as it is listed, and the block was so.
    fn written(mut self, name: &str, address: &str, updated: &str) -> Self {
        let listed = self.listed.iter().find(|it| it.name.as_str() == name).cloned();
        let entry = Entry {
            block: address.to_owned(),
            field: Some("value".to_owned()),
            version: VersionId::new("1").ok(),
            newest: newest(&[version(name, "1", 0)]),
            created: listed.as_ref().and_then(|it| it.created),
            updated: listed.as_ref().and_then(|it| it.updated),
            looked: Some(at(NOW - 10)),
            ..Entry::default()
        };
        self.state.secrets.insert(SecretName::new(name).unwrap(), entry);
        let written = Written { id: Some("id".to_owned()), updated: Some(updated.to_owned()) };
        self.state.blocks.insert(address.to_owned(), written);
        self
    }

    fn with(mut self, change: impl FnOnce(&mut Properties)) -> Self {
        change(self.listed.last_mut().unwrap());
        self
    }

    fn tag(self, name: &str, value: &str) -> Self {
        self.with(|it| drop(it.tags.insert(name.to_owned(), value.to_owned())))
    }

    fn steps(&self) -> Vec<Step> {
        let here = (&self.state, &self.blocks);
        steps(&self.listed, true, here, (&self.policy, at(NOW)))
    }
}

fn check(world: World, want: Expect) {
    let steps = world.steps().into_iter();
    let plan = plan::Plan { steps: steps.map(|it| it.shown()).collect() };
    want.assert_eq(&plan::text(&plan));
}

fn done(world: World) -> Vec<Does> {
    world.steps().into_iter().map(|it| it.does).collect()
}

#[test]
fn a_new_secret_makes_its_block() {
    check(
        World::of(&["db"]),
        expect![[r#"
        + block secret/db.value: secret `db`: it was not written before
        1 to create, 0 to update, 0 to delete, 0 unchanged, 0 refused
    "#]],
    );
}

#[test]
fn what_was_written_is_kept_without_a_look() {
    assert_eq!(
        done(World::of(&["db"]).live("secret/db", "t1").written("db", "secret/db", "t1")),
        [Does::Keep]
    );
}

#[test]
fn times_that_moved_are_looked_into() {
    let world = World::of(&["db"]).live("secret/db", "t1").written("db", "secret/db", "t1");
    let world = world.with(|it| it.updated = Some(at(5)));
    let step = world.steps().remove(0);
    assert_eq!(step.does, Does::Check);
    let checked = |versions: &[Properties]| step.clone().checked(versions, &world.state).does;
    assert_eq!(checked(&[version("db", "1", 0)]), Does::Keep);
    assert_eq!(checked(&[version("db", "1", 0), version("db", "2", 5)]), Does::Write);
}

#[test]
fn a_block_that_somebody_changed_or_deleted_is_written_again() {
    let changed = World::of(&["db"]).live("secret/db", "t2").written("db", "secret/db", "t1");
    check(
        changed,
        expect![[r#"
        ~ block secret/db.value: secret `db`: somebody else changed the block
        0 to create, 1 to update, 0 to delete, 0 unchanged, 0 refused
    "#]],
    );
    check(
        World::of(&["db"]).written("db", "secret/db", "t1"),
        expect![[r#"
        + block secret/db.value: secret `db`: the block is gone
        1 to create, 0 to update, 0 to delete, 0 unchanged, 0 refused
    "#]],
    );
}

#[test]
fn a_block_that_is_not_ours_is_refused_unless_adopted() {
    let world = || World::of(&["db"]).live("secret/db", "t1");
    check(
        world(),
        expect![[r#"
        ! block secret/db.value: secret `db`: the block secret/db exists and is not ours; `secrets --adopt` or a redeploy with `adopt` takes it over
        0 to create, 0 to update, 0 to delete, 0 unchanged, 1 refused
    "#]],
    );
    let mut adopted = world();
    adopted.policy.adopt = true;
    assert_eq!(done(adopted), [Does::Write]);
    let mut own = world();
    own.policy.ours.insert(block("secret/db"));
    assert_eq!(done(own), [Does::Write]);
}

#[test]
fn a_block_that_somebody_made_in_the_place_of_ours_is_not_ours() {
    let anew = |id: Option<&str>| {
        let mut it = World::of(&["db"]).live("secret/db", "t2").written("db", "secret/db", "t1");
        let written = Written { id: id.map(str::to_owned), updated: None };
        it.state.blocks.insert("secret/db".to_owned(), written);
        it
    };
    check(
        anew(Some("id-of-old")),
        expect![[r#"
            ! block secret/db.value: secret `db`: the block secret/db was deleted and made anew by somebody else; `secrets --adopt` or a redeploy with `adopt` takes it over
            0 to create, 0 to update, 0 to delete, 0 unchanged, 1 refused
        "#]],
    );
    let mut adopted = anew(Some("id-of-old"));
    adopted.policy.adopt = true;
    assert_eq!(done(adopted), [Does::Write]);
    assert_eq!(done(anew(Some("id"))), [Does::Write], "somebody changed ours");
    assert_eq!(done(anew(None)), [Does::Write], "a pass was cut off that made it");
}

#[test]
fn a_secret_that_is_not_to_be_used_leaves_its_block() {
    let world = || World::of(&["db"]).live("secret/db", "t2").written("db", "secret/db", "t1");
    check(
        world().with(|it| it.enabled = false),
        expect![[r#"
            = block secret/db.value: secret `db`: the secret is disabled
            0 to create, 0 to update, 0 to delete, 1 unchanged, 0 refused
        "#]],
    );
    check(
        world().with(|it| it.expires = Some(at(NOW))),
        expect![[r#"
            = block secret/db.value: secret `db`: the secret expired 1970-01-01T00:16:40Z: make a new version
            0 to create, 0 to update, 0 to delete, 1 unchanged, 0 refused
        "#]],
    );
    check(
        world().with(|it| it.not_before = Some(at(NOW + 1))),
        expect![[r#"
            = block secret/db.value: secret `db`: the secret is not valid before 1970-01-01T00:16:41Z
            0 to create, 0 to update, 0 to delete, 1 unchanged, 0 refused
        "#]],
    );
}

#[test]
fn a_secret_that_is_gone_leaves_its_block_unless_the_operator_names_it() {
    let world = || World::of(&[]).live("secret/db", "t1").written("db", "secret/db", "t1");
    check(
        world(),
        expect![[r#"
            = block secret/db.value: secret `db`: the secret is deleted; it can be recovered
            0 to create, 0 to update, 0 to delete, 1 unchanged, 0 refused
        "#]],
    );
    let mut named = world();
    named.policy.deletable.insert("secret/db".to_owned());
    assert_eq!(done(named), [Does::Leave], "the first time that it is not there");
    let mut again = world();
    again.policy.deletable.insert("secret/db".to_owned());
    again.state.secrets.values_mut().for_each(|it| it.life = Life::Deleted);
    assert_eq!(done(again), [Does::Delete]);
    let mut taken = World::of(&["other"]).tag("prefect-block", "db");
    taken = taken.live("secret/db", "t1").written("db", "secret/db", "t1");
    taken.policy.deletable.insert("secret/db".to_owned());
    taken.state.secrets.values_mut().for_each(|it| it.life = Life::Deleted);
    assert!(!done(taken).contains(&Does::Delete), "another secret goes there now");
}

#[test]
fn a_secret_that_does_not_count_any_more_leaves_its_block() {
    let mut world = World::of(&["db"]).live("secret/db", "t1").written("db", "secret/db", "t1");
    world.policy.selection = Selection::Tagged;
    check(
        world,
        expect![[r#"
            = block secret/db.value: secret `db`: the secret does not count any more
            0 to create, 0 to update, 0 to delete, 1 unchanged, 0 refused
        "#]],
    );
}

#[test]
fn two_secrets_for_one_field_are_refused_naming_both() {
    check(
        World::of(&["a", "b"]).tag("prefect-block", "a"),
        expect![[r#"
        ! block secret/a.value: secret `a`: the secrets `a` and `b` both go to secret/a.value: let one of them go elsewhere
        ! block secret/a.value: secret `b`: the secrets `b` and `a` both go to secret/a.value: let one of them go elsewhere
        0 to create, 0 to update, 0 to delete, 0 unchanged, 2 refused
    "#]],
    );
}

#[test]
fn a_block_is_made_once_its_type_has_all_that_it_asks_for() {
    let login = |world: World, field: &str| {
        let world = world.tag("prefect-block-type", "login").tag("prefect-block", "crm");
        world.tag("prefect-block-field", field)
    };
    check(
        login(World::of(&["user"]), "user"),
        expect![[r#"
        ! block login/crm.user: secret `user`: the block login/crm does not exist, and cannot be made without key: make it, or let secrets go there, too
        0 to create, 0 to update, 0 to delete, 0 unchanged, 1 refused
    "#]],
    );
    let both = || {
        let mut both = login(World::of(&["user"]), "user");
        both.listed.extend(login(World::of(&["key"]), "key").listed);
        both
    };
    assert_eq!(done(both()), [Does::Write, Does::Write]);
    check(
        both().with(|it| it.enabled = false),
        expect![[r#"
        ! block login/crm.user: secret `user`: the block login/crm does not exist, and cannot be made without key: the secret `key` for it is not to be used now
        = block login/crm.key: secret `key`: the secret is disabled
        0 to create, 0 to update, 0 to delete, 1 unchanged, 1 refused
    "#]],
    );
}

#[test]
fn our_own_credentials_are_not_published_unless_somebody_says_so() {
    let mut world = World::of(&["db", "prefect-key"]);
    world.policy.own.insert(SecretName::new("prefect-key").unwrap());
    let names: Vec<String> = world.steps().iter().map(|it| it.secret.to_string()).collect();
    assert_eq!(names, ["db"]);
    assert_eq!(done(world.tag("prefect-block", "key")), [Does::Write, Does::Write]);
}

#[test]
fn a_text_is_quoted_where_the_server_parses_it() {
    let mut world = World::of(&["n"]).tag("prefect-block-quote", "true");
    for parses in [false, true] {
        world.policy.parses = parses;
        assert_eq!(world.steps()[0].mapping.as_ref().unwrap().quote, parses);
    }
}

#[test]
fn a_slip_in_the_table_is_told_until_it_is_mended() {
    let mut world = World::of(&["db-pass"]);
    world.policy.selection = Selection::Tagged;
    let slip = SecretName::new("db-pas").unwrap();
    world.policy.table.insert(slip.clone(), Row::default());
    // as the state is after the first pass, too
    for known in [false, true] {
        if known {
            world.state.secrets.insert(slip.clone(), Entry { unseen: true, ..Entry::default() });
        }
        let steps = world.steps();
        assert_eq!(steps.len(), 1);
        assert_eq!(steps[0].does, Does::Refuse);
        let why = steps[0].reason.as_deref().unwrap();
        assert!(why.ends_with("no such secret; did you mean `db-pass`?"), "{why}");
    }
    world.policy.table.clear();
    assert_eq!(done(world), [Does::Forget]);
}

#[test]
fn a_secret_that_goes_elsewhere_now_is_written_there() {
    let world = World::of(&["db"]).tag("prefect-block", "new");
    check(
        world.live("secret/db", "t1").written("db", "secret/db", "t1"),
        expect![[r#"
        + block secret/new.value: secret `db`: it was not written before
        1 to create, 0 to update, 0 to delete, 0 unchanged, 0 refused
    "#]],
    );
}

#[test]
fn one_that_is_near_its_end_is_known_and_kept() {
    let world = World::of(&["db"]).with(|it| it.expires = Some(at(NOW + 86_400)));
    let world = world.live("secret/db", "t1").written("db", "secret/db", "t1");
    let step = world.steps().remove(0);
    assert!(step.near && step.does == Does::Keep);
}

#[test]
fn a_new_version_without_tags_is_refused_and_not_forgotten() {
    let mut world = World::of(&["db"]).live("secret/own", "t1").written("db", "secret/own", "t1");
    let new = |it: &mut Properties| (it.created, it.updated) = (Some(at(5)), Some(at(5)));
    world = world.with(new);
    for selection in [Selection::Tagged, Selection::All] {
        world.policy.selection = selection;
        let step = world.steps().remove(0);
        assert_eq!(step.does, Does::Refuse);
        assert!(step.reason.unwrap().contains("has no `prefect-block` tags"));
    }
    // with the same tags as ever it goes where it went
    assert_eq!(done(world.tag("prefect-block", "own")), [Does::Check]);
}

#[test]
fn a_slip_in_a_tag_deletes_no_block() {
    let world = World::of(&["b"]).tag("prefect-block-typ", "x");
    let mut world = world.live("secret/db", "t1").written("b", "secret/db", "t1");
    world = world.written("a", "secret/db", "t1");
    world.policy.deletable.insert("secret/db".to_owned());
    let gone = world.state.secrets.iter_mut().find(|it| it.0.as_str() == "a");
    gone.unwrap().1.life = Life::Deleted;
    assert_eq!(done(world), [Does::Refuse, Does::Leave], "`a` is gone, and `b` goes there, too");
}

#[test]
fn a_field_goes_over_from_a_secret_that_is_gone_to_another_at_once() {
    let world = World::of(&["new"]).tag("prefect-block", "db");
    let world = world.live("secret/db", "t1").written("old", "secret/db", "t1");
    assert_eq!(done(world), [Does::Write, Does::Leave]);
}
