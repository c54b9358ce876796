//! Code that is not what people usually write.

use expect_test::expect;

use super::super::convert;
use super::{after, left, of};
use crate::tree::Tree;

const HEAD: &str = "from prefect import Flow, Parameter, task\n\n@task\ndef f(x): ...\n\n";

#[test]
fn a_name_that_is_the_task_and_its_result_is_told_and_not_converted() {
    let text = "from prefect import Flow, task\n\n@task\ndef f(x): ...\n\nwith Flow('a') as flow:\n    f = f(1)\n";
    assert_eq!(after(text), text);
    assert_eq!(left(text), ["prefect-1-flow 6:6", "prefect-1-name-clash 7:9"]);
}

#[test]
fn a_default_of_what_only_the_flow_knows_stays() {
    let text =
        format!("{HEAD}with Flow('a') as flow:\n    d = f(1)\n    Parameter('p', default=d)\n");
    assert_eq!(left(&text), ["prefect-1-parameter 8:5"]);
}

#[test]
fn what_is_copied_keeps_its_imports() {
    let text = "import prefect\nfrom prefect import Flow, Parameter\n\nwith Flow('a') as flow:\n    Parameter('p', default=prefect.config.x)\n";
    assert!(after(text).starts_with("import prefect\n"), "{}", after(text));
    assert_eq!(left(text), ["prefect-1-config 5:28"]);
}

#[test]
fn flows_of_one_variable_are_told_apart_by_their_place() {
    let text = format!(
        "{HEAD}with Flow('a') as flow:\n    f(1)\nflow.run()\nwith Flow('b') as flow:\n    f(2)\nflow.run()\n"
    );
    expect![[r#"
        from prefect import flow, task

        @task
        def f(x): ...

        @flow(name='a')
        def a():
            f(1)
        if __name__ == "__main__":
            a()
        @flow(name='b')
        def b():
            f(2)
        if __name__ == "__main__":
            b()
    "#]]
    .assert_eq(&after(&text));
}

#[test]
fn constants_that_double_each_time_are_given_up() {
    let mut text = format!("{HEAD}a0 = ['x'] * 2\na0 = 'x'\nb0 = ['x', 'x']\n");
    for n in 1..40 {
        text.extend([format!("b{n} = [b{0}, b{0}]\n", n - 1)]);
    }
    text.push_str(
        "with Flow('a', schedule=b39, run_config=b39, storage=b39) as flow:\n    f(b39)\n",
    );
    assert!(!of(&text).files.is_empty());
}

#[test]
fn deployments_go_into_the_file_that_is_there_or_are_told() {
    let old = format!("{HEAD}with Flow('a') as flow:\n    f(1)\n");
    let check = |yaml: &str| {
        let it = convert(&Tree::of_texts([("a.py", old.as_str()), ("prefect.yaml", yaml)]));
        it.files.into_iter().find(|it| it.path == "prefect.yaml").and_then(|it| it.after)
    };
    let new = "- name: default\n  entrypoint: a.py:a\n  work_pool:\n    name: process\n";
    assert_eq!(check("name: x").unwrap(), format!("name: x\ndeployments:\n{new}"));
    let one = "deployments:\n- name: b\n";
    assert_eq!(check(one).unwrap(), format!("{one}{new}"));
    for other in ["deployments: [{name: b}]\n", "deployments:\n- name: b\nname: x\n", "a: [\n"] {
        assert_eq!(check(other), None, "{other}");
    }
}

/// Texts with pieces cut out, doubled and swapped, the same ones each time.
fn mutations(text: &str, count: usize) -> impl Iterator<Item = String> {
    let chars: Vec<char> = text.chars().collect();
    let mut seed = 1_usize;
    let mut next = move |most: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % most.max(1)
    };
    (0..count).map(move |_| {
        let mut chars = chars.clone();
        for _ in 0..=next(3) {
            let (from, to) = (next(chars.len()), next(chars.len()));
            let length = next(30).min(chars.len() - from);
            let piece: Vec<char> = chars.drain(from..from + length).collect();
            let to = to.min(chars.len());
            match next(3) {
                0 => {}
                1 => drop(chars.splice(to..to, piece)),
                _ => drop(chars.splice(to..to, piece.repeat(2))),
            }
        }
        chars.into_iter().collect()
    })
}

#[test]
fn no_text_stops_the_conversion_and_its_result_is_python_again() {
    let text = include_str!("../../../../../tests/prefect1/docker-etl/flows/etl.py");
    let branches = include_str!("../../../../../tests/prefect1/branches/flow.py");
    for text in mutations(text, 300).chain(mutations(branches, 300)) {
        let once = of(&text);
        assert_eq!(once, of(&text));
        for it in once.files.iter().filter(|it| it.path == "flow.py") {
            let tree = Tree::of_texts([("flow.py", it.after.as_deref().unwrap_or_default())]);
            assert!(crate::python::read(&tree, "flow.py", &mut Vec::new()).is_some(), "{text}");
        }
    }
}
