//! `packaging.version`: the versions of PEP 440.

use std::cmp::Ordering;

use super::{Made, specifier};
use crate::evaluate::call::Args;
use crate::evaluate::files;
use crate::evaluate::format;
use crate::evaluate::machine::Machine;
use crate::evaluate::value::{Object, Value};

/// A version, normalised.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Version {
    epoch: u64,
    pub(super) release: Vec<u64>,
    /// `a`, `b` or `rc`, and its number.
    pub(super) pre: Option<(&'static str, u64)>,
    post: Option<u64>,
    pub(super) dev: Option<u64>,
    local: Option<String>,
}

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    let known = [
        "packaging.version.Version",
        "packaging.version.parse",
        "pkg_resources.parse_version",
        "distutils.version.LooseVersion",
        "distutils.version.StrictVersion",
    ];
    if dotted.starts_with("packaging.specifiers.") {
        return specifier::call(machine, dotted, args);
    }
    if !known.contains(&dotted) {
        return Ok(None);
    }
    let Some(it) = args.positional.first() else { return Ok(None) };
    let Some(text) = it.as_text() else { return Ok(Some(machine.unknown("a version"))) };
    match parse(text) {
        Some(it) => Ok(Some(made(machine, &it))),
        None => machine.raise("InvalidVersion", format!("Invalid version: {}", format::repr(it))),
    }
}

fn made<'a>(machine: &Machine<'a>, it: &Version) -> Value<'a> {
    files::object(machine.at, "packaging.version.Version", [("text", Value::text(it.shown()))])
}

/// How pre-releases are written, and what each is.
const PRE: [(&str, &str); 8] = [
    ("alpha", "a"),
    ("beta", "b"),
    ("preview", "rc"),
    ("pre", "rc"),
    ("rc", "rc"),
    ("a", "a"),
    ("b", "b"),
    ("c", "rc"),
];

/// The version of a text; `None` when it is none.
pub(super) fn parse(text: &str) -> Option<Version> {
    let lower = text.trim().to_ascii_lowercase();
    let rest = lower.strip_prefix('v').unwrap_or(&lower);
    let (rest, local) = match rest.split_once('+') {
        Some((rest, local)) => (rest, Some(local.replace(['-', '_'], "."))),
        None => (rest, None),
    };
    let (epoch, rest) = match rest.split_once('!') {
        Some((epoch, rest)) => (epoch.parse().ok()?, rest),
        None => (0, rest),
    };
    let end = rest.find(|it: char| !it.is_ascii_digit() && it != '.').unwrap_or(rest.len());
    let (numbers, mut rest) = rest.split_at(end);
    let release = numbers
        .trim_end_matches('.')
        .split('.')
        .map(|it| it.parse().ok())
        .collect::<Option<_>>()?;
    let mut out = Version { epoch, release, local, ..Version::default() };
    if let Some((kind, number, after)) = marked(rest, &PRE) {
        (out.pre, rest) = (Some((kind, number)), after);
    }
    if let Some((_, number, after)) = marked(rest, &[("post", ""), ("rev", ""), ("r", "")]) {
        (out.post, rest) = (Some(number), after);
    } else if let Some(after) = rest.strip_prefix('-') {
        let (number, after) = digits(after);
        (out.post, rest) = (Some(number?), after);
    }
    if let Some((_, number, after)) = marked(rest, &[("dev", "")]) {
        (out.dev, rest) = (Some(number), after);
    }
    rest.is_empty().then_some(out)
}

fn digits(text: &str) -> (Option<u64>, &str) {
    let end = text.find(|it: char| !it.is_ascii_digit()).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    (number.parse().ok(), rest)
}

/// `-rc.2`: the mark, its number, and what follows.
fn marked<'t>(
    text: &'t str,
    marks: &[(&'static str, &'static str)],
) -> Option<(&'static str, u64, &'t str)> {
    let bare = text.trim_start_matches(['.', '-', '_']);
    let (mark, kind) = marks.iter().find(|(mark, _)| bare.starts_with(mark))?;
    let rest = bare.get(mark.len()..)?;
    let after = rest.trim_start_matches(['.', '-', '_']);
    Some(match digits(after) {
        (Some(number), rest) => (kind, number, rest),
        (None, _) => (kind, 0, rest),
    })
}

/// What decides the order, one after the other.
type Rank<'v> = (u64, Vec<u64>, (u8, &'v str, u64), Option<u64>, u64, &'v Option<String>);

impl Version {
    pub(super) fn base(&self) -> String {
        let numbers: Vec<String> = self.release.iter().map(ToString::to_string).collect();
        let epoch = if self.epoch == 0 { String::new() } else { format!("{}!", self.epoch) };
        format!("{epoch}{}", numbers.join("."))
    }

    fn public(&self) -> String {
        let pre = self.pre.map(|(kind, it)| format!("{kind}{it}")).unwrap_or_default();
        let post = self.post.map(|it| format!(".post{it}")).unwrap_or_default();
        let dev = self.dev.map(|it| format!(".dev{it}")).unwrap_or_default();
        format!("{}{pre}{post}{dev}", self.base())
    }

    fn shown(&self) -> String {
        let local = self.local.as_ref().map(|it| format!("+{it}")).unwrap_or_default();
        format!("{}{local}", self.public())
    }

    pub(super) fn is_prerelease(&self) -> bool {
        self.pre.is_some() || self.dev.is_some()
    }

    /// Source: `packaging.version._cmpkey`.
    fn rank(&self) -> Rank<'_> {
        let mut release = self.release.clone();
        while release.last() == Some(&0) {
            release.pop();
        }
        let pre = match (self.pre, self.post, self.dev) {
            (Some((kind, number)), _, _) => (1, kind, number),
            (None, None, Some(_)) => (0, "", 0),
            (None, _, _) => (2, "", 0),
        };
        (self.epoch, release, pre, self.post, self.dev.unwrap_or(u64::MAX), &self.local)
    }

    pub(super) fn order(&self, other: &Self) -> Ordering {
        self.rank().cmp(&other.rank())
    }
}

/// The version of an object.
pub(super) fn of(it: &Object<'_>) -> Option<Version> {
    parse(it.fields.borrow().get("text")?.as_text()?)
}

/// How two are ordered.
pub(super) fn order(a: &Object<'_>, b: &Object<'_>) -> Option<Ordering> {
    Some(of(a)?.order(&of(b)?))
}

/// What equal versions have in common.
pub(super) fn key(it: &Object<'_>) -> Option<String> {
    Some(format!("version {:?}", of(it)?.rank()))
}

/// A part of a version.
pub(super) fn attribute<'a>(it: &Object<'a>, name: &str) -> Option<Value<'a>> {
    let it = of(it)?;
    let number = |it: u64| Value::Int(it.into());
    let optional = |it: Option<u64>| it.map_or(Value::None, number);
    let part = |at: usize| number(it.release.get(at).copied().unwrap_or(0));
    Some(match name {
        "major" => part(0),
        "minor" => part(1),
        "micro" => part(2),
        "release" => Value::tuple(it.release.iter().copied().map(number).collect()),
        "epoch" => number(it.epoch),
        "pre" => match it.pre {
            Some((kind, it)) => Value::tuple(vec![Value::text(kind), number(it)]),
            None => Value::None,
        },
        "post" => optional(it.post),
        "dev" => optional(it.dev),
        "local" => it.local.map_or(Value::None, Value::text),
        "public" => Value::text(it.public()),
        "base_version" => Value::text(it.base()),
        "is_prerelease" => Value::Bool(it.is_prerelease()),
        "is_postrelease" => Value::Bool(it.post.is_some()),
        "is_devrelease" => Value::Bool(it.dev.is_some()),
        _ => return None,
    })
}
