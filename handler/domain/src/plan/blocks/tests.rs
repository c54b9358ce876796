//! When blocks are made, found again, and missed.

use expect_test::{Expect, expect};

use super::*;
use crate::diagnostic::Position;
use crate::dialect::Dialect;
use crate::names::{BundleId, Instance};
use crate::observed::LiveDeployment;
use crate::plan::{Adopt, Pruning, StorageBlock, plan, text};

fn block(address: &str) -> BlockRef {
    let (r#type, name) = address.split_once('/').unwrap();
    BlockRef { r#type: r#type.into(), name: name.into() }
}

/// `etl/daily`, as a file of Prefect 2 declares it.
fn wanted() -> Desired {
    let data = json!({"type": "process", "env": {"A": "a"}});
    let inline = Inline {
        address: "process of etl/daily".into(),
        r#type: "process".into(),
        data: data.as_object().unwrap().clone(),
    };
    let registered = [
        (Field::Storage, json!("azure/ours")),
        (Field::Infrastructure, json!("process of etl/daily")),
        (Field::Path, json!("sales/abc")),
    ];
    let deployment = Deployment {
        at: Position::start_of("a.deployment.py"),
        via: "Deployment",
        flow: "etl".into(),
        name: "daily".into(),
        entrypoint: "etl.py:etl".into(),
        function: None,
        fields: [(Field::Entrypoint, json!("etl.py:etl"))].into(),
        declared: [Field::Storage, Field::Infrastructure, Field::Path].into(),
        agent: true,
        registered: registered.into(),
        variables_at: [].into(),
        inline: vec![inline],
        loads: [block("azure/twentysix")].into(),
        schedules: None,
        pull: Vec::new(),
        automations: Vec::new(),
    };
    Desired { deployments: vec![deployment], ..Desired::default() }
}

fn policy() -> Policy {
    Policy {
        held: false,
        pruning: Pruning::default(),
        dialect: Dialect::new("2.20.27").unwrap(),
        instance: Instance::default(),
        bundle: BundleId::new("sales").unwrap(),
        adopt: Adopt::Nothing,
        orphans: [].into(),
        create_pools: false,
        pool_type: "kubernetes".into(),
        claims: BTreeMap::new(),
        credentials: None,
        storage: Some(StorageBlock { name: "ours".into(), container: "code".into() }),
        state: None,
        only: Vec::new(),
    }
}

/// The server after the first pass.
fn after() -> Observed {
    let record = json!({
        "id": "d1", "tags": ["bundle:local/sales"], "path": "sales/abc", "pull_steps": null,
        "storage_document_id": "b1", "infrastructure_document_id": "b2",
    });
    let key = Key { flow: "etl".into(), name: "daily".into() };
    let live = LiveDeployment {
        id: "d1".into(),
        key: key.clone(),
        record: record.as_object().unwrap().clone(),
        schedules: Vec::new(),
    };
    let data = json!({"type": "process", "env": {"A": "a"}}).as_object().unwrap().clone();
    Observed {
        deployments: [(key, live)].into(),
        blocks: [("azure/ours", "b1"), ("azure/twentysix", "b3")]
            .map(|(address, id)| (block(address), id.to_owned()))
            .into(),
        documents: [("b2".to_owned(), Document { r#type: "process".into(), data })].into(),
        ..Observed::default()
    }
}

fn check(observed: &Observed, change: fn(&mut Deployment), want: Expect) {
    let mut desired = wanted();
    change(&mut desired.deployments[0]);
    want.assert_eq(&text(&plan(&desired, observed, &policy())));
}

#[test]
fn what_a_deployment_rests_on_is_made_before_it() {
    let observed = Observed {
        blocks: [(block("azure/twentysix"), "b3".to_owned())].into(),
        ..Observed::default()
    };
    check(
        &observed,
        |_| {},
        expect![[r#"
        + block azure/ours
        + block process of etl/daily: it is written in the deployment itself
        + deployment etl/daily
        3 to create, 0 to update, 0 to delete, 0 unchanged, 0 refused
    "#]],
    );
}

#[test]
fn the_second_pass_finds_all_of_it() {
    check(
        &after(),
        |_| {},
        expect![[r#"
        = deployment etl/daily
        0 to create, 0 to update, 0 to delete, 1 unchanged, 0 refused
    "#]],
    );
}

#[test]
fn a_block_of_the_file_that_changes_is_made_anew() {
    let change = |it: &mut Deployment| {
        it.inline[0].data.insert("stream_output".into(), false.into());
    };
    check(
        &after(),
        change,
        expect![[r#"
        + block process of etl/daily: it is written in the deployment itself
        ~ deployment etl/daily
            infrastructure_document_id: "b2" -> "process of etl/daily"
        1 to create, 1 to update, 0 to delete, 0 unchanged, 0 refused
    "#]],
    );
}

#[test]
fn what_the_file_does_not_state_stays() {
    let change = |it: &mut Deployment| {
        it.inline[0].data.clear();
        it.declared.remove(&Field::Infrastructure);
    };
    check(
        &after(),
        change,
        expect![[r#"
        = deployment etl/daily
        0 to create, 0 to update, 0 to delete, 1 unchanged, 0 refused
    "#]],
    );
}

#[test]
fn a_missing_block_is_refused_with_those_that_there_are() {
    check(
        &after(),
        |it| it.loads = [block("azure/twentysex")].into(),
        expect![[r#"
        ! block azure/twentysex: block `azure/twentysex` does not exist (named by etl/daily); of type `azure` there are: ours, twentysix; did you mean `twentysix`?; create it first
        = deployment etl/daily
        0 to create, 0 to update, 0 to delete, 1 unchanged, 1 refused
    "#]],
    );
}

#[test]
fn ids_come_when_the_blocks_are_made() {
    let made = [("azure/ours", "b1".to_owned())].into();
    let body = json!({"storage_document_id": "azure/ours", "infrastructure_document_id": "b2"});
    let body = placed(body.as_object().unwrap(), &made);
    assert_eq!(body["storage_document_id"], "b1");
    assert_eq!(body["infrastructure_document_id"], "b2");
}

#[test]
fn a_block_in_a_block_is_sent_as_its_id_and_known_again() {
    let data = json!({"credentials": "{{ prefect.blocks.azure.ours }}"});
    let data = data.as_object().unwrap();
    assert_eq!(
        references(data, &after())["credentials"],
        json!({"$ref": {"block_document_id": "b1"}})
    );
    let live = json!({"credentials": {"bucket_path": "code"}});
    let live = Document { r#type: "a".into(), data: live.as_object().unwrap().clone() };
    let want = Inline { address: "a of b".into(), r#type: "a".into(), data: data.clone() };
    assert!(is_same(&want, &live));
}
