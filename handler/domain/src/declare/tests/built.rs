//! Files of `prefect deployment build`.

use expect_test::{Expect, expect};

use super::agents::policy;
use super::*;
use crate::plan::create_body;

/// As 2.20 writes it; `NODE` stands for `storage` and `infrastructure`.
pub(super) const BUILT: &str = "name: daily
description: Moves it.
version: c75f
work_queue_name: kubernetes
work_pool_name: null
tags: [a]
parameters: {limit: 3}
schedule: null
schedules:
- schedule: {cron: 0 6 * * *, timezone: Europe/Oslo, day_or: true}
  active: false
is_schedule_active: null
infra_overrides: {env.A: b}
NODE
flow_name: etl
manifest_path: null
path: /home/me/sales/etl
entrypoint: flow.py:etl
parameter_openapi_schema:
  title: Parameters
  type: object
  properties:
    source: {default: raw, position: 0, title: source, type: string}
    limit: {default: 10, position: 1, title: limit, type: integer}
  required: null
  definitions: null
timestamp: '2026-11-25T18:31:33.028675+00:00'
triggers: []
enforce_parameter_schema: null
";

pub(super) const PROCESS: &str =
    "infrastructure: {type: process, env: {}, labels: {}, name: null, command: null,
  stream_output: true, working_dir: null, block_type_slug: process, _block_type_slug: process}
storage: null";

pub(super) fn of(text: &str, settings: &Settings) -> Desired {
    let tree = Tree::of_texts([("etl/daily-deployment.yaml", text), ("etl/flow.py", FLOW)]);
    desired(&tree, settings)
}

pub(super) fn check(version: &str, text: &str, want: Expect) {
    let pool = Some("p".to_owned());
    let settings =
        Settings { default_pool: pool, live: Some(Live::default()), ..settings(version) };
    let out = of(text, &settings);
    let mut shown = Vec::new();
    for it in &out.deployments {
        let mut body = create_body(it, &policy(version));
        body.remove("parameter_openapi_schema");
        shown.push(serde_json::to_string_pretty(&body).unwrap());
        shown
            .extend(it.inline.iter().map(|it| format!("block {}: {}", it.address, json!(it.data))));
    }
    for it in &out.diagnostics {
        shown.push(format!("{}:{} {}: {}", it.at.line, it.at.column, it.code, it.message));
    }
    want.assert_eq(&(shown.join("\n") + "\n"));
}

#[test]
fn a_built_file_is_registered_as_its_author_applied_it_with_the_staged_code() {
    check(
        "2.20.27",
        &BUILT.replace("NODE", PROCESS),
        expect![[r#"
        {
          "name": "daily",
          "version": "c75f",
          "description": "Moves it.",
          "tags": [
            "a",
            "bundle:local/team-a/sales"
          ],
          "parameters": {
            "limit": 3
          },
          "schedules": [
            {
              "active": false,
              "schedule": {
                "cron": "0 6 * * *",
                "day_or": true,
                "timezone": "Europe/Oslo"
              }
            }
          ],
          "job_variables": {
            "env.A": "b"
          },
          "path": "team-a/sales/abc/etl",
          "entrypoint": "flow.py:etl",
          "work_queue_name": "kubernetes",
          "storage_document_id": "azure/store",
          "infrastructure_document_id": "process of etl/daily",
          "pull_steps": []
        }
        block process of etl/daily: {"env":{},"labels":{},"name":null,"command":null,"type":"process","stream_output":true,"working_dir":null}
    "#]],
    );
}

#[test]
fn a_built_file_runs_on_a_pool_of_prefect_3() {
    check(
        "3.9.1",
        &BUILT.replace("NODE", PROCESS),
        expect![[r#"
        {
          "name": "daily",
          "version": "c75f",
          "description": "Moves it.",
          "tags": [
            "a",
            "bundle:local/team-a/sales"
          ],
          "parameters": {
            "limit": 3
          },
          "schedules": [
            {
              "slug": "schedule-1",
              "parameters": {},
              "active": false,
              "schedule": {
                "cron": "0 6 * * *",
                "day_or": true,
                "timezone": "Europe/Oslo"
              }
            }
          ],
          "job_variables": {
            "env": {
              "A": "b"
            },
            "stream_output": true
          },
          "path": null,
          "entrypoint": "flow.py:etl",
          "work_pool_name": "p",
          "work_queue_name": "kubernetes",
          "pull_steps": [
            {
              "prefect_azure.deployments.steps.pull_from_azure_blob_storage": {
                "requires": "prefect-azure[blob_storage]>=0.4",
                "container": "code",
                "folder": "team-a/sales/abc/etl/",
                "credentials": "{{ prefect.blocks.azure-blob-storage-credentials.creds }}"
              }
            }
          ]
        }
    "#]],
    );
}

#[test]
fn saved_blocks_are_referred_to_and_code_of_a_repository_need_not_be_in_the_bundle() {
    let saved = "storage: {repository: r, _block_document_name: repo, _block_type_slug: github}
infrastructure: {image: a, _block_document_name: base, _block_type_slug: kubernetes-job}";
    let text = BUILT.replace("NODE", saved).replace("flow.py:etl", "else/where.py:etl");
    check(
        "2.20.27",
        &text,
        expect![[r#"
        {
          "name": "daily",
          "version": "c75f",
          "description": "Moves it.",
          "tags": [
            "a",
            "bundle:local/team-a/sales"
          ],
          "parameters": {
            "limit": 3
          },
          "schedules": [
            {
              "active": false,
              "schedule": {
                "cron": "0 6 * * *",
                "day_or": true,
                "timezone": "Europe/Oslo"
              }
            }
          ],
          "job_variables": {
            "env.A": "b"
          },
          "path": "/home/me/sales/etl",
          "entrypoint": "else/where.py:etl",
          "work_queue_name": "kubernetes",
          "storage_document_id": "github/repo",
          "infrastructure_document_id": "kubernetes-job/base",
          "pull_steps": []
        }
    "#]],
    );
}

#[test]
fn one_schedule_of_the_first_releases_is_active_as_the_file_says() {
    let text = BUILT.replace("NODE", PROCESS).replace(
        "schedule: null\nschedules:\n- schedule: {cron: 0 6 * * *, timezone: Europe/Oslo, day_or: true}\n  active: false\nis_schedule_active: null",
        "schedule: {interval: 3600.0, anchor_date: '2023-01-01T00:00:00+00:00', timezone: UTC}\nis_schedule_active: false",
    );
    let out = of(&text, &settings("2.20.27"));
    let schedules = out.deployments[0].schedules.as_deref().unwrap();
    assert_eq!(
        (schedules[0].active, schedules[0].timing.to_json()["interval"].as_f64()),
        (Some(false), Some(3600.0))
    );
}
