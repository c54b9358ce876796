//! Packages that are asked for, or not.

use expect_test::expect;

use super::*;

#[test]
fn packages_that_nothing_asks_for_are_listed() {
    let text = with(
        "import os\nimport yaml\nimport pandas as pd\nfrom sklearn import svm\nimport prefect_aws\nimport google.cloud.storage",
    );
    check(
        &[("flows/etl.py", &text)],
        expect![[r#"
            flows/etl.py:6:8 requirements-missing: no requirements.txt asks for `google`, `pandas`, `prefect-aws`, `scikit-learn`, which this flow imports [put one beside the flow, unless the image of the worker has it]
        "#]],
    );
    let asked = "# data\nPandas>=2 # frames\nprefect[aws]\ngoogle-cloud-storage\n";
    check(
        &[("flows/etl.py", &text), ("requirements.txt", asked)],
        expect![[r#"
            flows/etl.py:4:21 requirements-incomplete: `requirements.txt` does not ask for `scikit-learn`, which this flow imports [add it, unless the image of the worker has it]
        "#]],
    );
}

#[test]
fn what_prefect_needs_is_there_and_what_the_other_version_needs_is_not() {
    let text = with("import dotenv\nimport kubernetes\nimport google.auth");
    let asks = |version| found(&[("flows/etl.py", &text)], version);
    let (two, three) = (asks("2.20"), asks("3.9"));
    assert!(two.contains("asks for `python-dotenv`, which"), "{two}");
    assert!(three.contains("asks for `google`, `kubernetes`, which"), "{three}");
}

#[test]
fn nothing_is_said_of_packages_that_an_image_may_bring() {
    let text = with("import pandas");
    let tree = Tree::of_texts([("flows/etl.py", text.as_str())]);
    let reading = Reading::new(Dialect::new("3.9").unwrap());
    let mut reader = Reader::new(&tree, &reading);
    let worker = Worker { start: "", packages: Packages::Image };
    assert_eq!(reader.stumbles("flows/etl.py", "etl", worker), []);
}

#[test]
fn nothing_is_said_of_packages_where_more_may_be_asked_for() {
    let text = with("import pandas");
    for (file, list) in [
        ("requirements.txt", "-r base.txt"),
        ("requirements.txt", "git+https://example.com/pandas"),
        ("pyproject.toml", ""),
        ("Dockerfile", ""),
        ("other/requirements.txt", "pandas"),
    ] {
        nothing(&[("flows/etl.py", &text), (file, list)]);
    }
}

#[test]
fn a_list_of_another_folder_is_only_good_for_what_it_asks_for() {
    let text = with("import pandas");
    let other = ("other/requirements.txt", "requests");
    let want = "flows/etl.py:1:8 requirements-missing: no requirements.txt asks for `pandas`, which this flow imports [put one beside the flow, unless the image of the worker has it]\n";
    assert_eq!(found(&[("flows/etl.py", &text), other], "3.9"), want);
}

#[test]
fn a_deployment_file_has_the_packages_of_its_flow_listed_beside_it_or_above() {
    let text = with("import pandas");
    let beside = |files: &[(&str, &str)]| {
        let all: Vec<_> = files.iter().copied().chain([("flows/etl.py", text.as_str())]).collect();
        stumbles(&all, "3.9", Worker { start: "flows/", packages: Packages::Beside })
    };
    let image = [("images/a/Dockerfile", ""), ("images/a/requirements.txt", "pandas")];
    expect![[r#"
        flows/etl.py:1:8 requirements-missing: no requirements.txt asks for `pandas`, which this flow imports [put one beside the flow, unless the image of the worker is made with `images/a/requirements.txt`]
    "#]]
    .assert_eq(&beside(&image));
    let lists = [("flows/requirements.txt", "prefect"), ("requirements.txt", "requests")];
    expect![[r#"
        flows/etl.py:1:8 requirements-incomplete: `flows/requirements.txt` does not ask for `pandas`, which this flow imports [add it, unless the image of the worker has it]
    "#]]
    .assert_eq(&beside(&lists));
    for list in [("requirements.txt", "pandas"), ("flows/Dockerfile", ""), ("setup.py", "")] {
        assert_eq!(beside(&[list]), "", "{list:?}");
    }
}
