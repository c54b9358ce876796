use std::collections::BTreeMap;

use serde_json::json;

use super::super::Owning;
use super::super::{Adopt, Plan, plan, text};
use super::*;
use crate::declare::{self, tests::settings};
use crate::dialect::Dialect;
use crate::names::{BundleId, Digest, Instance};
use crate::observed::Key;
use crate::report::{Owned, State};
use crate::tree::Tree;

const FLOW: &str = "from prefect import flow\n\n@flow(name='etl')\ndef main():\n    pass\n";

/// What a `prefect.yaml` with deployments of these names asks for.
fn desired(names: &[&str]) -> Desired {
    let one = |it: &&str| {
        format!("- {{name: {it}, entrypoint: flow.py:main, work_pool: {{name: pool}}}}\n")
    };
    let yaml = format!("deployments:\n{}", names.iter().map(one).collect::<String>());
    let tree = Tree::of_texts([("prefect.yaml", yaml.as_str()), ("flow.py", FLOW)]);
    let bundle = BundleId::new("sales").unwrap();
    let settings = declare::Settings { bundle, ..settings("3.9.1") };
    declare::desired(&tree, &settings)
}

/// A server with deployments of these names, each with our tag.
fn observed(names: &[&str]) -> Observed {
    let one = |it: &&str| {
        let record = json!({
            "id": format!("id-{it}"), "tags": ["bundle:local/sales"], "paused": false,
            "entrypoint": "flow.py:main", "work_pool_name": "pool",
        });
        let key = Key { flow: "etl".into(), name: (*it).to_owned() };
        let record = record.as_object().unwrap().clone();
        let live =
            LiveDeployment { id: format!("id-{it}"), key: key.clone(), record, schedules: vec![] };
        (key, live)
    };
    let pools = BTreeMap::from([("pool".to_owned(), "process".to_owned())]);
    Observed { deployments: names.iter().map(one).collect(), pools, ..Observed::default() }
}

/// Deletes what `known` says is ours, of an installation with so many deployments.
fn policy(known: &[&str], deployments: usize) -> Policy {
    let owned =
        |it: &&str| (format!("etl/{it}"), Owned { id: format!("id-{it}"), ..Owned::default() });
    let bundle = BundleId::new("sales").unwrap();
    let state = State {
        v: 1,
        bundle: bundle.clone(),
        digest: Digest::new("0".repeat(64)).unwrap(),
        container: None,
        done: true,
        wanted: None,
        deployments: known.iter().map(owned).collect(),
        pools: Vec::new(),
        pruned: Vec::new(),
    };
    let installation = Some(Installation { bundles: 1, deployments, gone: 0, recent: 0 });
    Policy {
        dialect: Dialect::new("3.9.1").unwrap(),
        instance: Instance::default(),
        bundle,
        adopt: Adopt::Nothing,
        orphans: [].into(),
        create_pools: false,
        pool_type: "kubernetes".into(),
        claims: BTreeMap::new(),
        credentials: None,
        storage: None,
        state: Some(state),
        held: false,
        pruning: Pruning { prune: Prune::Delete, installation, ..Pruning::default() },
        only: Vec::new(),
    }
}

/// What becomes of the deployment `b`: its action, and why.
fn of_b(plan: &Plan) -> (Action, String) {
    let step = plan.steps.iter().find(|it| it.name == "etl/b").unwrap();
    (step.action, step.reason.clone().unwrap_or_default())
}

fn planned(declared: &[&str], live: &[&str], policy: &Policy) -> Plan {
    plan(&desired(declared), &observed(live), policy)
}

#[test]
fn by_default_it_is_kept_and_named() {
    let policy = Policy { pruning: Pruning::default(), ..policy(&["a", "b"], 2) };
    let plan = planned(&["a"], &["a", "b"], &policy);
    assert_eq!(of_b(&plan), (Action::Keep, "no file declares it any more; it is kept".to_owned()));
}

#[test]
fn it_is_retired_after_everything_else() {
    let plan = planned(&["a", "c"], &["a", "b"], &policy(&["a", "b"], 2));
    let last = plan.steps.last().unwrap();
    assert_eq!(last.call, Call::RetireDeployment { id: "id-b".into(), pause: true });
    assert!(last.retires);
    let why = "no file declares it any more; `etl/c` takes its place";
    assert_eq!(of_b(&plan), (Action::Delete, why.to_owned()));
    assert!(text(&plan).contains("- deployment etl/b: no file declares it"), "{}", text(&plan));
}

#[test]
fn a_pause_is_sent_once_and_taken_back_when_it_is_declared_again() {
    let mut policy = policy(&["a", "b"], 2);
    policy.pruning.prune = Prune::Pause;
    let mut live = observed(&["a", "b"]);
    let paused = |it: &Plan| it.steps.last().unwrap().call.clone();
    let first = plan(&desired(&["a"]), &live, &policy);
    let body = Map::from_iter([("paused".to_owned(), json!(true))]);
    let call = Call::UpdateDeployment {
        id: "id-b".into(),
        body,
        delete_schedules: Vec::new(),
        replaces: None,
    };
    assert_eq!(paused(&first), call);

    let b = Key { flow: "etl".into(), name: "b".into() };
    live.deployments.get_mut(&b).unwrap().record["paused"] = json!(true);
    let second = plan(&desired(&["a"]), &live, &policy);
    assert_eq!(of_b(&second).0, Action::Keep);
    policy.state.as_mut().unwrap().deployments.get_mut("etl/b").unwrap().retired = true;
    let back = plan(&desired(&["a", "b"]), &live, &policy);
    let step = back.steps.iter().find(|it| it.name == "etl/b").unwrap();
    assert!(step.changes.iter().any(|it| it.field == "paused" && it.want == json!(false)));
}

#[test]
fn a_tag_alone_or_the_tag_of_another_bundle_is_not_enough() {
    let plan = planned(&["a"], &["a", "b"], &policy(&["a"], 1));
    assert!(of_b(&plan).1.contains("our state does not know it"), "{plan:?}");
    let mut live = observed(&["a", "b"]);
    let b = Key { flow: "etl".into(), name: "b".into() };
    live.deployments.get_mut(&b).unwrap().record["tags"] = json!(["bundle:local/other"]);
    let plan = super::super::plan(&desired(&["a"]), &live, &policy(&["a", "b"], 2));
    assert_eq!(of_b(&plan).0, Action::Keep);
}

#[test]
fn one_whose_making_was_cut_off_is_known_by_name_and_tag() {
    let mut policy = policy(&["a", "b"], 2);
    policy.state.as_mut().unwrap().deployments.get_mut("etl/b").unwrap().id.clear();
    assert_eq!(of_b(&planned(&["a"], &["a", "b"], &policy)).0, Action::Delete);
    let mut live = observed(&["a", "b"]);
    let b = Key { flow: "etl".into(), name: "b".into() };
    live.deployments.get_mut(&b).unwrap().record["tags"] = json!([]);
    let wanted = desired(&["a"]);
    let plan = plan(&wanted, &live, &policy);
    assert!(plan.steps.iter().all(|it| it.name != "etl/b" || it.action == Action::Keep));
    let owning =
        Owning { desired: &wanted, observed: &live, policy: &policy, plan: &plan, ended: None };
    assert_eq!(owning.deployments()["etl/b"].id, "", "somebody else's of that name is not ours");
}

#[test]
fn never_more_than_the_share_goes_and_the_rest_of_the_plan_is_carried_out() {
    let names: Vec<String> = (0..7).map(|it| format!("b{it}")).chain(["b".to_owned()]).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let with_a: Vec<&str> = names.iter().copied().chain(["a"]).collect();
    let few = planned(&["a", "new"], &with_a, &policy(&with_a, 9));
    let why = of_b(&few).1;
    assert!(why.contains("8 of the 9 deployments of this installation would go"), "{why}");
    assert!(few.spares() && !few.refused() && few.writes());
    assert!(few.steps.iter().all(|it| it.action != Action::Delete));
    let many = planned(&["a"], &with_a, &policy(&with_a, 40));
    assert_eq!(of_b(&many).0, Action::Delete);
    // one of many uploads, each of which takes a few
    let mut after_others = policy(&with_a, 40);
    after_others.pruning.installation.as_mut().unwrap().recent = 1;
    let (_, why) = of_b(&planned(&["a"], &with_a, &after_others));
    assert!(why.contains("9 of the 40 deployments"), "{why}");
    assert!(why.contains("(1 of them went within the last hour), more than 8"), "{why}");
}

/// `etl/a` and `etl/b` of this bundle, where `b` has the tag of another.
fn taken() -> Observed {
    let mut live = observed(&["a", "b"]);
    let b = Key { flow: "etl".into(), name: "b".into() };
    live.deployments.get_mut(&b).unwrap().record["tags"] = json!(["bundle:local/other"]);
    live
}

#[test]
fn what_another_bundle_owns_is_taken_over_when_somebody_asks_or_its_archive_is_gone() {
    let (live, mut policy) = (taken(), policy(&["a"], 2));
    let of = |policy: &Policy| {
        let plan = plan(&desired(&["a", "b"]), &live, policy);
        plan.steps.into_iter().find(|it| it.name == "etl/b").unwrap()
    };
    assert_eq!(super::super::rivals(&desired(&["a", "b"]), &live, &policy).len(), 1);
    policy.adopt = Adopt::Unmarked;
    let refused = of(&policy);
    assert_eq!(refused.action, Action::Refuse, "SYNC_ADOPT is for what no bundle has marked");
    assert!(refused.reason.unwrap().contains("bundle `local/other` owns it"));
    let asked = Policy { adopt: Adopt::All, ..policy.clone() };
    let orphans = [BundleId::new("other").unwrap()].into();
    let inherited = Policy { orphans, adopt: Adopt::Nothing, ..policy };
    for policy in [asked, inherited] {
        let step = of(&policy);
        assert_eq!(step.action, Action::Update);
        let tags = step.changes.iter().find(|it| it.field == "tags").unwrap();
        assert!(!tags.want.to_string().contains("local/other"), "{tags:?}");
        assert_eq!(step.consequences, ["it is taken over from bundle `local/other`"]);
    }
}

#[test]
fn what_another_bundle_has_taken_over_is_forgotten() {
    let (live, policy) = (taken(), policy(&["a", "b"], 2));
    let (desired, plan) = (desired(&["a"]), Plan::default());
    let it =
        Owning { desired: &desired, observed: &live, policy: &policy, plan: &plan, ended: None };
    assert_eq!(it.deployments().into_keys().collect::<Vec<_>>(), ["etl/a"]);
}

#[test]
fn nothing_goes_for_want_of_a_source() {
    let nothing = planned(&[], &["a", "b"], &policy(&["a", "b"], 40));
    assert!(of_b(&nothing).1.contains("declares nothing at all"), "{nothing:?}");
    let mut policy = policy(&["a", "b"], 40);
    policy.pruning.installation = None;
    assert_eq!(of_b(&planned(&["a"], &["a", "b"], &policy)).0, Action::Spare);
    policy.pruning.installation =
        Some(Installation { bundles: 0, deployments: 2, gone: 0, recent: 0 });
    policy.pruning.no_archive = true;
    assert_eq!(of_b(&planned(&[], &["a", "b"], &policy)).0, Action::Spare);
    policy.pruning.installation =
        Some(Installation { bundles: 3, deployments: 9, gone: 0, recent: 0 });
    assert_eq!(of_b(&planned(&[], &["a", "b"], &policy)).0, Action::Delete);
    policy.pruning.installation =
        Some(Installation { bundles: 3, deployments: 9, gone: 4, recent: 0 });
    assert_eq!(of_b(&planned(&[], &["a", "b"], &policy)).0, Action::Spare);
    policy.held = true;
    assert_eq!(of_b(&planned(&[], &["a", "b"], &policy)).0, Action::Keep);
}

#[test]
fn what_is_deleted_is_forgotten_and_before_that_all_is_remembered() {
    use super::super::Ended;
    let (desired, observed, policy) =
        (desired(&["a"]), observed(&["a", "b"]), policy(&["a", "b", "c"], 9));
    let plan = plan(&desired, &observed, &policy);
    let of = |ended: Option<&[Ended<'_>]>| {
        let (desired, observed) = (&desired, &observed);
        let it = Owning { desired, observed, policy: &policy, plan: &plan, ended };
        it.deployments()
    };
    let names = |it: BTreeMap<String, Owned>| it.into_keys().collect::<Vec<_>>();
    let intent = of(None);
    assert!(intent["etl/b"].retired, "it wakes up though the handler is killed after the pause");
    assert_eq!(names(intent), ["etl/a", "etl/b", "etl/c"]);
    let ended = |well| vec![Ended { well, id: None, schedules: None }; plan.steps.len()];
    // `c` was deleted by somebody else
    assert_eq!(names(of(Some(&ended(false)))), ["etl/a", "etl/b"]);
    assert_eq!(names(of(Some(&ended(true)))), ["etl/a"]);
}
