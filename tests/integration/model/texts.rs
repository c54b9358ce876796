//! The files of a bundle.

use serde_json::{Value, json};

use super::expected::tag;
use super::history::{Declared, Files, NAMES, SHARED};
use super::schedules;

/// `prefect.yaml` of `files`, whose flow is `own`; that of `shared.py` is `shared`.
pub(super) fn texts(files: &Files, (own, shared): (&str, &str), three: bool) -> String {
    let Files::Sound(all) = files else {
        return "deployments:\n- {name: broken, entrypoint: nowhere.py:main}\n".to_owned();
    };
    let one = |it: &Declared| {
        let is_shared = it.name == SHARED;
        let (file, flow) = if is_shared { ("shared.py", shared) } else { ("flow.py", own) };
        let mut out = json!({"name": NAMES[it.name], "entrypoint": format!("{file}:main"), "work_pool": {"name": "model"}});
        let map = out.as_object_mut().unwrap();
        let mut put = |name: &str, value: Option<Value>| {
            map.extend(value.map(|it| (name.to_owned(), it)));
        };
        put("description", it.description.map(|it| format!("text {it}").into()));
        put("tags", it.tags.as_ref().map(|it| it.iter().copied().map(tag).collect()));
        put("parameters", it.limit.map(|it| json!({"limit": it})));
        put("paused", it.paused.map(Into::into));
        put("schedules", it.schedules.as_ref().map(|it| schedules::declared(it, three)));
        let name = format!("on-{flow}-{}", NAMES[it.name]);
        let trigger = |it: u8| json!([{"name": name, "expect": [format!("x-{it}")]}]);
        put("triggers", it.trigger.filter(|_| three).map(trigger));
        out
    };
    let all: Vec<_> = all.iter().map(one).collect();
    json!({"deployments": all}).to_string()
}
