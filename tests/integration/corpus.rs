//! What once was, or could be, a crash, a hang or too much memory: reading it ends, and says something.

use std::fmt::Write as _;
use std::path::Path;

use expect_test::{Expect, expect};

use domain::declare::{Code, PullMode, Settings, desired};
use domain::desired::Desired;
use domain::dialect::Dialect;
use domain::names::{BundleId, SourceRoot};
use domain::tree::Tree;

const FLOW: &str = "from prefect import flow\n\n@flow\ndef main(x=1):\n    pass\n";

/// Name and text of each file in `tests/corpus/<kind>`, by name.
fn corpus(kind: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(kind);
    let paths = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let mut out: Vec<_> = paths
        .map(|it| {
            let name = it.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read_to_string(&it).unwrap())
        })
        .collect();
    out.sort();
    out
}

fn settings(version: &str) -> Settings {
    Settings {
        dialect: Dialect::new(version).unwrap(),
        bundle: BundleId::new("team-a/sales").unwrap(),
        bundle_name: "sales".to_owned(),
        source_roots: SourceRoot::usual(),
        environment: [("IMAGE".to_owned(), "img:1".to_owned())].into(),
        now: None,
        default_pool: None,
        overlay: None,
        variables: Some([("limit".to_owned(), 7.into())].into()),
        live: None,
        pull: PullMode::Auto,
        pip_install: false,
        code: Code::Folder("/b".to_owned()),
    }
}

/// How many deployments, and what is said first.
fn summary(it: &Desired) -> String {
    let first = it.diagnostics.first().map(|it| {
        let message: String = it.message.chars().take(100).collect();
        format!("{}:{}: {}: {message}", it.at.line, it.at.column, it.code)
    });
    format!("{} deployments; {}", it.deployments.len(), first.unwrap_or_default())
}

fn check(kind: &str, path: &str, expected: Expect) {
    let mut out = String::new();
    for (name, text) in corpus(kind) {
        let tree = Tree::of_texts([(path, text.as_str()), ("flows.py", FLOW)]);
        let _infallible = writeln!(out, "{name}: {}", summary(&desired(&tree, &settings("3.9.1"))));
    }
    expected.assert_eq(&out);
}

#[test]
fn evaluating_ends() {
    check(
        "evaluator",
        "deployment.py",
        expect![[r#"
            class_of_itself: 0 deployments; 8:1: python-exception: this file ends with an exception: AttributeError: type object 'A' has no attribute 'B'
            comprehension_bomb: 0 deployments; 1:59: too-complex: this file cannot be evaluated: it takes too many steps
            comprehension_in_comprehension: 0 deployments; 1:19: too-complex: this file cannot be evaluated: it takes too many steps
            copies_of_itself: 0 deployments; 6:7: python-exception: this file ends with an exception: ValueError: Circular reference detected
            dates_far_away: 0 deployments; 2:7: python-exception: this file ends with an exception: OverflowError: date value out of range
            deep_brackets: 0 deployments; 1:1: too-complex: a statement is nested too deeply, or too long, to be read safely
            deep_by_loop: 0 deployments; 7:7: too-complex: this file cannot be evaluated: it nests too deeply
            deep_calls: 0 deployments; 1:5: python-exception: this file ends with an exception: NameError: name 'f' is not defined
            deep_ifs: 0 deployments; 1:1: no-deployment: this file registers no deployment
            deep_not: 0 deployments; 1:1: too-complex: this file cannot be evaluated: it nests too deeply
            deep_objects_by_loop: 0 deployments; 1:1: no-deployment: this file registers no deployment
            deep_parameters: 0 deployments; 5:1: too-complex: this file cannot be evaluated: it nests too deeply
            deep_strings: 0 deployments; 1:1: no-deployment: this file registers no deployment
            deleted_while_read: 0 deployments; 7:1: python-exception: this file ends with an exception: ValueError: attempt to assign sequence of size 0 to extended slice
            dict_of_itself_as_parameters: 0 deployments; 4:1: too-complex: this file cannot be evaluated: it nests too deeply
            doubled_lists_compared: 0 deployments; 6:7: too-complex: this file cannot be evaluated: it takes too many steps
            doubled_lists_copied: 0 deployments; 1:1: no-deployment: this file registers no deployment
            doubled_lists_shown: 0 deployments; 5:7: too-complex: this file cannot be evaluated: it takes too many steps
            doubled_parameters: 0 deployments; 5:1: too-complex: this file cannot be evaluated: it takes too many steps
            doubled_tuples_as_keys: 0 deployments; 1:1: no-deployment: this file registers no deployment
            endless_generator: 0 deployments; 3:5: too-complex: this file cannot be evaluated: a loop takes more than 10000 turns
            endless_while: 0 deployments; 1:1: too-complex: this file cannot be evaluated: a loop takes more than 10000 turns
            endless_while_in_while: 0 deployments; 2:5: too-complex: this file cannot be evaluated: a loop takes more than 10000 turns
            enumerated_and_zipped: 0 deployments; 1:1: no-deployment: this file registers no deployment
            finally_and_continue: 0 deployments; 1:1: too-complex: this file cannot be evaluated: a loop takes more than 10000 turns
            huge_formats: 0 deployments; 1:1: python-exception: this file ends with an exception: ValueError: Unknown format code '9999999999999999999999d' for obje
            huge_powers: 0 deployments; 1:1: no-deployment: this file registers no deployment
            huge_ranges: 0 deployments; 1:1: no-deployment: this file registers no deployment
            iter_of_itself: 0 deployments; 8:10: too-complex: this file cannot be evaluated: it takes too many steps
            iterating_what_grows: 0 deployments; 1:1: no-deployment: this file registers no deployment
            lambda_of_itself: 0 deployments; 1:42: too-complex: this file cannot be evaluated: its functions call each other too deeply
            least_integer: 0 deployments; 1:1: no-deployment: this file registers no deployment
            list_of_itself: 0 deployments; 6:7: too-complex: this file cannot be evaluated: it nests too deeply
            long_attributes: 0 deployments; 2:1: too-complex: this file cannot be evaluated: it nests too deeply
            long_sum: 0 deployments; 1:1: too-complex: a statement is nested too deeply, or too long, to be read safely
            many_assignments: 0 deployments; 1:1: no-deployment: this file registers no deployment
            many_long_lists: 0 deployments; 3:17: too-complex: this file cannot be evaluated: it takes too many steps
            many_long_texts: 0 deployments; 3:17: too-complex: this file cannot be evaluated: it takes too many steps
            matching: 0 deployments; 9:24: too-complex: this file cannot be evaluated: it makes a text or a collection that is too large
            ranges_reversed_and_sliced: 0 deployments; 1:1: no-deployment: this file registers no deployment
            recursion: 0 deployments; 2:12: too-complex: this file cannot be evaluated: its functions call each other too deeply
            recursion_of_two: 0 deployments; 2:5: too-complex: this file cannot be evaluated: it takes too many steps
            recursive_decorator: 0 deployments; 3:9: too-complex: this file cannot be evaluated: its functions call each other too deeply
            recursive_property: 0 deployments; 4:16: too-complex: this file cannot be evaluated: its functions call each other too deeply
            recursive_repr: 0 deployments; 1:1: no-deployment: this file registers no deployment
            regex: 0 deployments; 3:7: python-exception: this file ends with an exception: error: error building NFA
            sorts_by_what_grows: 0 deployments; 1:1: no-deployment: this file registers no deployment
            splits: 0 deployments; 1:5: too-complex: this file cannot be evaluated: it makes a text or a collection that is too large
            star_arguments: 0 deployments; 2:5: too-complex: this file cannot be evaluated: it makes a text or a collection that is too large
            text_doubled: 0 deployments; 3:5: too-complex: this file cannot be evaluated: it makes a text or a collection that is too large
            texts_joined_replaced_padded: 0 deployments; 7:5: python-exception: this file ends with an exception: ValueError: Unknown format code '>1000000' for object of type 'int
            updates_itself: 0 deployments; 1:1: no-deployment: this file registers no deployment
        "#]],
    );
}

#[test]
fn composing_ends() {
    check(
        "yaml",
        "prefect.yaml",
        expect![[r#"
            anchor_of_itself: 0 deployments; 3:17: yaml-syntax: an alias inside its own anchor
            anchors_of_anchors: 0 deployments; 5:7: yaml-syntax: too many values; aliases repeat too much
            deep_closed_lists: 0 deployments; 1:269: yaml-syntax: recursion limit exceeded
            deep_dashes: 0 deployments; 2:199: yaml-syntax: nested too deeply
            deep_lists: 0 deployments; 1:269: yaml-syntax: recursion limit exceeded
            deep_maps: 0 deployments; 101:101: yaml-syntax: nested too deeply
            deep_placeholders: 0 deployments; 2:5: work-pool: the deployment names no work pool
            many_keys: 0 deployments; 2:5: work-pool: the deployment names no work pool
            many_parameters: 0 deployments; 2:5: work-pool: the deployment names no work pool
            merges_of_merges: 0 deployments; 1:12: yaml-syntax: an alias inside its own anchor
            numbers: 0 deployments; 2:5: work-pool: the deployment names no work pool
            open_placeholders: 0 deployments; 2:5: work-pool: the deployment names no work pool
        "#]],
    );
}

#[test]
fn reading_schemas_ends() {
    let mut out = String::new();
    for (name, text) in corpus("schema") {
        let tree = Tree::of_texts([("flows.py", text.as_str())]);
        let dialect = settings("3.9.1").dialect;
        let (flows, found) = domain::python::flows(&tree, "flows.py", dialect);
        let first = found.first().map(|it| it.code.to_string());
        let _infallible =
            writeln!(out, "{name}: {} flows; {}", flows.len(), first.unwrap_or_default());
    }
    expect![[r#"
        decorated_by_itself: 0 flows; flow-argument
        deep_forward_references: 1 flows; unresolved-annotation
        deep_subscripts: 1 flows; unresolved-annotation
        deep_unions: 1 flows; 
        diamond_classes: 0 flows; too-complex
        docstring: 1 flows; 
        doubled_defaults: 1 flows; unresolved-default
        doubled_generics: 1 flows; unresolved-annotation
        doubled_models: 1 flows; unresolved-annotation
        doubled_types: 1 flows; unresolved-annotation
        huge_numbers: 1 flows; unresolved-default
        model_of_itself: 1 flows; unresolved-annotation
        names_of_names: 1 flows; unresolved-annotation
        shared_lists: 1 flows; unresolved-default
    "#]]
    .assert_eq(&out);
}
