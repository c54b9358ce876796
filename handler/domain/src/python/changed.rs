//! Containers that a statement changes after they were bound: what was assigned is not all that they have.

use ruff_python_ast::{Expr, ExprCall, Stmt};

/// Methods of lists, dictionaries and sets that change them.
const CHANGING: [&str; 18] = [
    "add",
    "append",
    "clear",
    "difference_update",
    "discard",
    "extend",
    "insert",
    "intersection_update",
    "move_to_end",
    "pop",
    "popitem",
    "remove",
    "reverse",
    "setdefault",
    "sort",
    "symmetric_difference_update",
    "update",
    "__setitem__",
];

/// The names whose containers `stmt` changes, without its blocks; also those that it passes on to who may change them.
pub(super) fn changed(stmt: &Stmt) -> Vec<&str> {
    match stmt {
        Stmt::Assign(it) => it.targets.iter().filter_map(item_of).collect(),
        Stmt::AugAssign(it) => item_of(&it.target).into_iter().collect(),
        Stmt::Delete(it) => it.targets.iter().filter_map(item_of).collect(),
        Stmt::Expr(it) => it.value.as_call_expr().map(by_call).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// `NAME` of `NAME[…]…`
fn item_of(target: &Expr) -> Option<&str> {
    let mut it = &*target.as_subscript_expr()?.value;
    while let Expr::Subscript(inner) = it {
        it = &inner.value;
    }
    it.as_name_expr().map(|it| it.id.as_str())
}

fn by_call(call: &ExprCall) -> Vec<&str> {
    match &*call.func {
        Expr::Attribute(it) if CHANGING.contains(&it.attr.as_str()) => {
            let held =
                it.value.as_name_expr().map(|it| it.id.as_str()).or_else(|| item_of(&it.value));
            held.into_iter().collect()
        }
        Expr::Name(it) if it.id.as_str() == "print" => Vec::new(),
        Expr::Name(_) => {
            let given = call.arguments.args.iter();
            let given = given.chain(call.arguments.keywords.iter().map(|it| &it.value));
            given.filter_map(|it| Some(it.as_name_expr()?.id.as_str())).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether `bound` may be a container: what cannot be changed is as it was assigned.
pub(super) fn is_container(bound: &Expr) -> bool {
    !bound.is_literal_expr() && !bound.is_f_string_expr() && !bound.is_tuple_expr()
}

#[cfg(test)]
mod tests {
    use ruff_python_parser::parse_module;

    use super::changed;

    #[test]
    fn what_changes_a_container_is_seen() {
        for text in [
            "D['a'] = 1",
            "D['a']['b'] = 1",
            "D['a'] += 1",
            "del D['a']",
            "D.update(a=1)",
            "D['a'].append(1)",
            "fill(D)",
            "fill(into=D)",
        ] {
            let parsed = parse_module(text).unwrap();
            assert_eq!(changed(&parsed.suite()[0]), ["D"], "{text}");
        }
        for text in ["print(D)", "D.get('a')", "D = {}", "x = D['a']", "log.info(D)"] {
            let parsed = parse_module(text).unwrap();
            assert!(changed(&parsed.suite()[0]).is_empty(), "{text}");
        }
    }
}
