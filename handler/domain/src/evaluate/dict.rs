//! Dictionaries and sets: values by key, in the order of insertion.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::class::Instance;
use super::value::Value;

/// What Python hashes: equal values have equal keys, `1`, `1.0` and `True` too.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    None,
    Number(i128),
    Real(u64),
    Text(Rc<str>),
    Bytes(Rc<[u8]>),
    Tuple(Vec<Key>),
    Members(Vec<Key>),
    Other(&'static str, usize),
    Shown(String),
}

/// What a dictionary or set is besides a plain one.
#[derive(Debug, Clone, Default)]
pub(super) enum Kind<'a> {
    /// `dict`, `set`
    #[default]
    Plain,
    /// `frozenset`
    Frozen,
    /// `defaultdict`, with what it calls for a key that is not there.
    Default(Value<'a>),
    /// `Counter`
    Counter,
    /// `OrderedDict`
    Ordered,
    /// A copy of `os.environ`: what it has not, the author's shell may have.
    Environment,
    /// `object.__dict__`: what is set in it is set on the object.
    Of(Rc<Instance<'a>>),
}

/// A dictionary or set that several names may be bound to.
pub(super) type Shared<'a> = Rc<RefCell<Dict<'a>>>;

/// Values by key.
#[derive(Debug, Clone, Default)]
pub(super) struct Dict<'a> {
    /// What it is besides a plain one.
    pub(super) kind: Kind<'a>,
    at: BTreeMap<Key, usize>,
    entries: Vec<Option<(Value<'a>, Value<'a>)>>,
}

impl<'a> Dict<'a> {
    /// What `type(…).__name__` gives for a dictionary.
    pub(super) fn type_name(&self) -> &'static str {
        match self.kind {
            Kind::Plain | Kind::Frozen | Kind::Environment | Kind::Of(_) => "dict",
            Kind::Default(_) => "defaultdict",
            Kind::Counter => "Counter",
            Kind::Ordered => "OrderedDict",
        }
    }

    /// The same entries as another kind.
    pub(super) fn of_kind(self, kind: Kind<'a>) -> Self {
        Self { kind, ..self }
    }

    /// `{…, **more}`
    pub(super) fn spread(&mut self, more: &Self) {
        if matches!(more.kind, Kind::Environment) {
            self.kind = Kind::Environment;
        }
        more.iter().for_each(|(key, it)| self.insert(key.clone(), it.clone()));
    }

    /// Whether it is a `frozenset`.
    pub(super) fn is_frozen(&self) -> bool {
        matches!(self.kind, Kind::Frozen)
    }

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
        if let (Kind::Of(it), Some(name)) = (&self.kind, key.as_text()) {
            it.fields.borrow_mut().insert(Rc::clone(name), value.clone());
        }
        if let Some(Some((_, it))) = self.at.get(&hash).and_then(|at| self.entries.get_mut(*at)) {
            *it = value;
        } else {
            self.at.insert(hash, self.entries.len());
            self.entries.push(Some((key, value)));
        }
    }

    /// Takes `key` out.
    pub(super) fn remove(&mut self, key: &Value<'a>) -> Option<Value<'a>> {
        if let (Kind::Of(it), Some(name)) = (&self.kind, key.as_text()) {
            it.fields.borrow_mut().remove(name);
        }
        let at = self.at.remove(&hashed(key))?;
        self.entries.get_mut(at)?.take().map(|(_, it)| it)
    }

    /// Takes the first one out.
    pub(super) fn pop_first(&mut self) -> Option<(Value<'a>, Value<'a>)> {
        let key = self.iter().next()?.0.clone();
        let value = self.remove(&key)?;
        Some((key, value))
    }

    /// Takes the last one out.
    pub(super) fn pop_last(&mut self) -> Option<(Value<'a>, Value<'a>)> {
        let key = self.iter().last()?.0.clone();
        let value = self.remove(&key)?;
        Some((key, value))
    }

    /// Takes all out.
    pub(super) fn clear(&mut self) {
        self.at.clear();
        self.entries.clear();
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

/// Most parts of a key that are looked at: tuples may hold each other many times.
const MAX_PARTS: usize = 1_000;

fn hashed(value: &Value<'_>) -> Key {
    let mut left = MAX_PARTS;
    part(value, &mut left)
}

fn pointer<T: ?Sized>(it: &Rc<T>) -> usize {
    Rc::as_ptr(it).cast::<()>() as usize
}

fn part(value: &Value<'_>, left: &mut usize) -> Key {
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
        Value::Tuple(it) => Key::Tuple(it.iter().map(|it| part(it, left)).collect()),
        Value::Moment(it) => Key::Shown(format!("{} {it}", it.type_name())),
        Value::Path(it) => Key::Shown(format!("path {it}")),
        Value::Outside(it) => Key::Shown(format!("name {it}")),
        Value::Instance(it) if it.underlying().is_some() => {
            it.underlying().map_or(Key::None, |it| part(it, left))
        }
        Value::Instance(it) if it.class.is_data() && it.class.has_option("frozen") => {
            let fields = it.fields.borrow();
            Key::Tuple(fields.iter().map(|(_, it)| part(it, left)).collect())
        }
        Value::Object(it) if crate::evaluate::installed::hash(it).is_some() => {
            Key::Shown(crate::evaluate::installed::hash(it).unwrap_or_default())
        }
        Value::Set(it) if it.borrow().is_frozen() => {
            Key::Members(it.borrow().at.keys().cloned().collect())
        }
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
