//! What `Counter`, `OrderedDict` and `defaultdict` have besides the methods of `dict`.

use std::rc::Rc;

use crate::evaluate::call::Args;
use crate::evaluate::dict::{Dict, Kind, Shared};
use crate::evaluate::installed::sorted;
use crate::evaluate::items;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::operator;
use crate::evaluate::value::Value;
use ruff_python_ast::Operator;

/// Whether such a dictionary has `name`.
pub(super) fn has(it: &Dict<'_>, name: &str) -> bool {
    match it.kind {
        Kind::Counter => matches!(name, "most_common" | "elements" | "subtract" | "total"),
        Kind::Ordered => name == "move_to_end",
        Kind::Default(_) => name == "default_factory",
        Kind::Plain | Kind::Frozen | Kind::Environment | Kind::Of(_) => false,
    }
}

/// What such a method gives.
pub(super) fn call<'a>(
    machine: &mut Machine<'a>,
    it: &Shared<'a>,
    name: &str,
    args: &Args<'a>,
) -> Eval<'a> {
    let entries = || -> Vec<(Value<'a>, Value<'a>)> {
        it.borrow().iter().map(|(key, it)| (key.clone(), it.clone())).collect()
    };
    Ok(match name {
        "move_to_end" => {
            let key = args.get("key", 0).cloned().unwrap_or(Value::None);
            let to_end = args.get("last", 1).and_then(Value::truth) != Some(false);
            move_to(&mut it.borrow_mut(), &key, to_end);
            Value::None
        }
        "total" => {
            let mut total = Value::Int(0);
            for (_, count) in entries() {
                total = operator::binary(machine, Operator::Add, &total, &count)?;
            }
            total
        }
        "elements" => {
            let mut all = Vec::new();
            for (key, count) in entries() {
                let count = usize::try_from(count.as_int().unwrap_or(0)).unwrap_or(0);
                machine.spend_size(count)?;
                all.extend(std::iter::repeat_n(key, count));
            }
            Value::iterator(all)
        }
        "subtract" => {
            count(machine, it, args, -1)?;
            Value::None
        }
        "most_common" => most_common(machine, entries(), args)?,
        _ => machine.unknown(format!("the result of `dict.{name}`")),
    })
}

#[expect(clippy::needless_for_each, reason = "one line, as the others")]
fn move_to<'a>(it: &mut Dict<'a>, key: &Value<'a>, to_end: bool) {
    let Some(value) = it.remove(key) else { return };
    if to_end {
        return it.insert(key.clone(), value);
    }
    let rest: Vec<_> = it.iter().map(|(key, it)| (key.clone(), it.clone())).collect();
    it.clear();
    it.insert(key.clone(), value);
    rest.into_iter().for_each(|(key, value)| it.insert(key, value));
}

fn most_common<'a>(
    machine: &mut Machine<'a>,
    entries: Vec<(Value<'a>, Value<'a>)>,
    args: &Args<'a>,
) -> Eval<'a> {
    let rows = entries.into_iter().map(|(key, it)| Value::tuple(vec![key, it])).collect();
    let key = Value::outside("operator.itemgetter");
    let by = crate::evaluate::call::value(machine, &key, Args::of(vec![Value::Int(1)]))?;
    let mut order = Args::none();
    order.named = vec![("key".into(), by), ("reverse".into(), Value::Bool(true))];
    Ok(match sorted(machine, rows, &order)? {
        Ok(mut all) => {
            let most =
                args.get("n", 0).and_then(Value::as_int).and_then(|it| usize::try_from(it).ok());
            all.truncate(most.unwrap_or(usize::MAX));
            Value::list(all)
        }
        Err(unknown) => unknown,
    })
}

/// Adds the items, or the counts of a mapping, times `sign`.
pub(in super::super) fn count<'a>(
    machine: &mut Machine<'a>,
    it: &Shared<'a>,
    args: &Args<'a>,
    sign: i128,
) -> Result<(), Stop<'a>> {
    let mut counts: Vec<(Value<'a>, Value<'a>)> =
        args.named.iter().map(|(name, it)| (Value::Text(Rc::clone(name)), it.clone())).collect();
    match args.positional.first() {
        Some(Value::Dict(more)) => {
            counts.extend(more.borrow().iter().map(|(key, it)| (key.clone(), it.clone())));
        }
        Some(more) => match items::of(machine, more)? {
            Some(all) => counts.extend(all.into_iter().map(|it| (it, Value::Int(1)))),
            None => counts.push((more.clone(), more.clone())),
        },
        None => {}
    }
    for (key, more) in counts {
        let before = it.borrow().get(&key).cloned().unwrap_or(Value::Int(0));
        let more = operator::binary(machine, Operator::Mult, &more, &Value::Int(sign))?;
        let total = operator::binary(machine, Operator::Add, &before, &more)?;
        it.borrow_mut().insert(key, total);
    }
    Ok(())
}
