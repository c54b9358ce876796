//! `functools`: functions of functions.

use std::rc::Rc;

use super::{Made, builtin, dispatch, object};
use crate::evaluate::call::{self, Args};
use crate::evaluate::items;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::{Object, Value};

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    let first = args.positional.first().cloned();
    Ok(Some(match (dotted, first) {
        ("functools.partial" | "functools.partialmethod" | "functools.cmp_to_key", _) => {
            object(machine, dotted, args.clone())
        }
        ("functools.reduce", Some(callee)) => return reduced(machine, &callee, args).map(Some),
        _ => return Ok(None),
    }))
}

fn reduced<'a>(machine: &mut Machine<'a>, callee: &Value<'a>, args: &Args<'a>) -> Eval<'a> {
    let given = args.positional.get(1).cloned().unwrap_or(Value::None);
    let Some(all) = items::of(machine, &given)? else { return Ok(given) };
    let mut all = all.into_iter();
    let start = args.positional.get(2).cloned().or_else(|| all.next());
    let Some(mut out) = start else {
        let message = "reduce() of empty iterable with no initial value";
        return machine.raise("TypeError", message);
    };
    for it in all {
        out = call::value(machine, callee, Args::of(vec![out, it]))?;
    }
    Ok(out)
}

/// What the call of such an object gives.
pub(super) fn call_object<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    args: Args<'a>,
) -> Eval<'a> {
    match &*it.class {
        "functools.partial" => partial(machine, it, args, None),
        "functools.partialmethod" => {
            let mut args = args;
            let receiver =
                if args.positional.is_empty() { None } else { Some(args.positional.remove(0)) };
            partial(machine, it, args, receiver)
        }
        "functools.singledispatch" => {
            let first = args.positional.first().cloned().unwrap_or(Value::None);
            let function =
                chosen(it, &first).unwrap_or_else(|| machine.unknown("which case is called"));
            call::value(machine, &function, args)
        }
        // `@show.register(str)` above a function
        "functools.register" => match it.positional.as_slice() {
            [Value::Object(owner), class] => {
                let function = args.positional.first().cloned().unwrap_or(Value::None);
                dispatch::register(machine, owner, &Args::of(vec![class.clone(), function]))
            }
            _ => Ok(Value::None),
        },
        _ => Ok(machine.unknown(format!("the result of a {}", it.class))),
    }
}

fn partial<'a>(
    machine: &mut Machine<'a>,
    it: &Object<'a>,
    args: Args<'a>,
    receiver: Option<Value<'a>>,
) -> Eval<'a> {
    let Some((callee, given)) = it.positional.split_first() else { return Ok(Value::None) };
    let mut all = Args::of(receiver.into_iter().chain(given.iter().cloned()).collect());
    all.named = it.fields.borrow().iter().map(|(name, it)| (Rc::clone(name), it.clone())).collect();
    all.named.retain(|(name, _)| args.named(name).is_none());
    all.positional.extend(args.positional);
    all.named.extend(args.named);
    all.open = args.open;
    machine.nested(|machine| call::value(machine, callee, all))
}

/// The case for the class of `first`: the last one that fits.
fn chosen<'a>(it: &Object<'a>, first: &Value<'a>) -> Option<Value<'a>> {
    let fields = it.fields.borrow();
    let Some(Value::List(cases)) = fields.get("cases") else { return None };
    for case in cases.borrow().iter().rev() {
        let Value::Tuple(pair) = case else { continue };
        let [class, function] = &**pair else { continue };
        if builtin::is_instance(first, class)? {
            return Some(function.clone());
        }
    }
    it.positional.first().cloned()
}

/// `func`, `args` and `keywords` of a `partial`.
pub(super) fn attribute<'a>(it: &Object<'a>, name: &str) -> Option<Value<'a>> {
    Some(match name {
        "func" => it.positional.first()?.clone(),
        "args" => Value::tuple(it.positional.iter().skip(1).cloned().collect()),
        "keywords" => {
            let fields = it.fields.borrow();
            Value::dict(
                fields
                    .iter()
                    .map(|(name, it)| (Value::Text(Rc::clone(name)), it.clone()))
                    .collect(),
            )
        }
        _ => return None,
    })
}
