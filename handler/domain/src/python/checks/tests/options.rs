//! Arguments of decorators.

use expect_test::expect;

use super::*;

#[test]
fn an_argument_that_a_decorator_does_not_take_is_told_at_its_name() {
    let text = "import prefect\nfrom prefect import flow as f, task\n\n@task(retry=3, tags=[\"a\"])\ndef get():\n    pass\n\n@f(log_print=True, name=\"a\")\ndef etl():\n    pass\n\n@prefect.flow(zork=1)\ndef other():\n    pass\n";
    check(
        &[("flows/etl.py", text)],
        expect![[r#"
            flows/etl.py:4:7 decorator-argument: `@task` takes no argument `retry`: runs fail on this [did you mean `retries`?]
            flows/etl.py:8:4 decorator-argument: `@flow` takes no argument `log_print`: runs fail on this [did you mean `log_prints`?]
            flows/etl.py:12:15 decorator-argument: `@flow` takes no argument `zork`: runs fail on this []
        "#]],
    );
}

#[test]
fn a_decorator_of_others_takes_what_it_takes() {
    let text = "from prefect import flow\nfrom own import task\n\n@task(retry=3)\ndef get():\n    pass\n\n@flow(retries=1, **{})\ndef etl():\n    pass\n";
    let own = "def task(**options):\n    return lambda it: it\n";
    nothing(&[("flows/etl.py", text), ("flows/own.py", own)]);
}
