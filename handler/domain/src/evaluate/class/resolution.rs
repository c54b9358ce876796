//! The order in which names are looked for in the classes above a class.

use crate::evaluate::value::Value;

/// The classes above one with these bases, the nearest first; `None` when there is no consistent order.
///
/// Source: the C3 linearisation, as `type.mro()` has it.
pub(super) fn above<'a>(bases: &[Value<'a>]) -> Option<Vec<Value<'a>>> {
    let mut rows: Vec<Vec<Value<'a>>> = bases.iter().map(line).collect();
    rows.push(bases.to_vec());
    let mut out = Vec::new();
    loop {
        rows.retain(|it| !it.is_empty());
        if rows.is_empty() {
            return Some(out);
        }
        let next = rows.iter().filter_map(|it| it.first()).find(|it| !is_later(&rows, it))?.clone();
        let before = out.len() + rows.iter().map(Vec::len).sum::<usize>();
        for row in &mut rows {
            if row.first().is_some_and(|it| it.is_same(&next)) {
                row.remove(0);
            }
        }
        // what is no class is not even the same as itself
        if out.len() + rows.iter().map(Vec::len).sum::<usize>() == before {
            return None;
        }
        out.push(next);
    }
}

fn is_later<'a>(rows: &[Vec<Value<'a>>], it: &Value<'a>) -> bool {
    rows.iter().any(|row| row.iter().skip(1).any(|other| other.is_same(it)))
}

/// A class and those above it.
fn line<'a>(base: &Value<'a>) -> Vec<Value<'a>> {
    let above = if let Value::Class(it) = base { it.above.clone() } else { Vec::new() };
    std::iter::once(base.clone()).chain(above).collect()
}

/// The classes above one in the order of the source, for bases that have no consistent order.
pub(super) fn depth_first<'a>(bases: &[Value<'a>]) -> Vec<Value<'a>> {
    let mut out: Vec<Value<'a>> = Vec::new();
    for it in bases.iter().flat_map(line) {
        if !out.iter().any(|known| known.is_same(&it)) {
            out.push(it);
        }
    }
    out
}
