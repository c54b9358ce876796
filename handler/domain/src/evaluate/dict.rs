//! Dictionaries and sets: values by key, in the order of insertion.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::value::Value;

/// Most values inside one key that are compared; the tuples beyond are only equal to themselves.
const MAX_KEYS: usize = 1000;

/// What Python hashes: equal values have equal keys, `1`, `1.0` and `True` too.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    None,
    Number(i128),
    Real(u64),
    Text(Rc<str>),
    Bytes(Rc<[u8]>),
    Tuple(Vec<Key>),
    Other(&'static str, usize),
    Shown(String),
}

/// Values by key.
#[derive(Debug, Clone, Default)]
pub(super) struct Dict<'a> {
    at: BTreeMap<Key, usize>,
    entries: Vec<Option<(Value<'a>, Value<'a>)>>,
}

impl<'a> Dict<'a> {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.at.len()
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.at.is_empty()
    }

    /// The value of `key`.
    pub(super) fn get(&self, key: &Value<'a>) -> Option<&Value<'a>> {
        let at = self.at.get(&hashed(key))?;
        self.entries.get(*at)?.as_ref().map(|(_, it)| it)
    }

    /// The value of the key `name`.
    pub(super) fn get_text(&self, name: &str) -> Option<&Value<'a>> {
        let at = self.at.get(&Key::Text(name.into()))?;
        self.entries.get(*at)?.as_ref().map(|(_, it)| it)
    }

    /// Whether `key` is there.
    pub(super) fn contains(&self, key: &Value<'a>) -> bool {
        self.at.contains_key(&hashed(key))
    }

    /// Sets the value of `key`; the first key of several equal ones stays.
    pub(super) fn insert(&mut self, key: Value<'a>, value: Value<'a>) {
        let hash = hashed(&key);
        match self.at.get(&hash).and_then(|at| self.entries.get_mut(*at)) {
            Some(Some((_, it))) => *it = value,
            _ => {
                self.at.insert(hash, self.entries.len());
                self.entries.push(Some((key, value)));
            }
        }
    }

    /// Takes `key` out.
    pub(super) fn remove(&mut self, key: &Value<'a>) -> Option<Value<'a>> {
        let at = self.at.remove(&hashed(key))?;
        self.entries.get_mut(at)?.take().map(|(_, it)| it)
    }

    /// Takes the last one out.
    pub(super) fn pop_last(&mut self) -> Option<(Value<'a>, Value<'a>)> {
        let key = self.iter().last()?.0.clone();
        let value = self.remove(&key)?;
        Some((key, value))
    }

    /// Takes all out.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Keys and values, in order.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = (&Value<'a>, &Value<'a>)> {
        self.entries.iter().flatten().map(|(key, value)| (key, value))
    }

    /// The keys, in order.
    pub(super) fn keys(&self) -> Vec<Value<'a>> {
        self.iter().map(|(key, _)| key.clone()).collect()
    }
}

impl<'a> FromIterator<(Value<'a>, Value<'a>)> for Dict<'a> {
    fn from_iter<T: IntoIterator<Item = (Value<'a>, Value<'a>)>>(items: T) -> Self {
        let mut out = Self::default();
        items.into_iter().for_each(|(key, value)| out.insert(key, value));
        out
    }
}

fn hashed(value: &Value<'_>) -> Key {
    within(value, &mut { MAX_KEYS })
}

/// Looks at `left` values at most: tuples of one tuple, twice in each, are many more than are written.
fn within(value: &Value<'_>, left: &mut usize) -> Key {
    fn pointer<T: ?Sized>(it: &Rc<T>) -> usize {
        Rc::as_ptr(it).cast::<()>() as usize
    }
    *left = left.saturating_sub(1);
    if let Some(text) = value.as_text() {
        return Key::Text(Rc::clone(text));
    }
    if let Some(number) = value.as_int() {
        return Key::Number(number);
    }
    match value {
        Value::None => Key::None,
        Value::Float(it) => real(*it),
        Value::Bytes(it) => Key::Bytes(Rc::clone(it)),
        Value::Tuple(it) if *left == 0 => Key::Other("tuple", pointer(it)),
        Value::Tuple(it) => Key::Tuple(it.iter().map(|it| within(it, left)).collect()),
        Value::Moment(it) => Key::Shown(it.to_string()),
        Value::Path(it) => Key::Shown(format!("path {it}")),
        Value::Outside(it) => Key::Shown(format!("name {it}")),
        Value::Function(it) => Key::Other("function", pointer(it)),
        Value::Class(it) => Key::Other("class", pointer(it)),
        Value::Instance(it) => Key::Other("instance", pointer(it)),
        Value::Object(it) => Key::Other("object", pointer(it)),
        Value::Flow(it) => Key::Other("flow", pointer(it)),
        Value::Unknown(it) => Key::Other("unknown", pointer(it)),
        Value::List(it) => Key::Other("list", pointer(it)),
        Value::Set(it) | Value::Dict(it) => Key::Other("dict", pointer(it)),
        other => Key::Shown(other.type_name()),
    }
}

/// `1.0` is the key `1`.
fn real(it: f64) -> Key {
    let whole = format!("{it:.0}").parse::<i128>().ok();
    #[expect(clippy::cast_precision_loss, reason = "only to see whether it is whole")]
    #[expect(clippy::float_cmp, reason = "exactly whole or not")]
    match whole {
        Some(whole) if whole as f64 == it => Key::Number(whole),
        _ => Key::Real(it.to_bits()),
    }
}
