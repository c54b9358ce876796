//! Where a pattern is found in a text.

use regex_automata::meta::Regex;
use regex_automata::{Anchored, Input, Span};

use crate::evaluate::dict::Dict;
use crate::evaluate::files;
use crate::evaluate::machine::Machine;
use crate::evaluate::value::Value;

/// Where the groups of a match are: the whole first.
pub(super) type Groups = Vec<Option<Span>>;

/// A compiled pattern and the text it is tried on.
pub(super) struct Search<'t> {
    pub(super) regex: Regex,
    pub(super) text: &'t str,
}

impl Search<'_> {
    pub(super) fn at(&self, start: usize, anchored: Anchored) -> Option<Groups> {
        let input = Input::new(self.text).range(start..).anchored(anchored);
        let mut found = self.regex.create_captures();
        self.regex.search_captures(&input, &mut found);
        found.get_match()?;
        Some((0..found.group_len()).map(|at| found.get_group(at)).collect())
    }

    pub(super) fn first(&self, anchored: Anchored) -> Option<Groups> {
        self.at(0, anchored)
    }

    /// Source: an empty match may follow one that is not empty, but none that is.
    pub(super) fn all(&self, most: usize) -> Vec<Groups> {
        let (mut out, mut start, mut last_empty): (Vec<Groups>, usize, Option<usize>) =
            (Vec::new(), 0, None);
        while out.len() < most && start <= self.text.len() {
            let Some(found) = self.at(start, Anchored::No) else { break };
            let Some(Some(whole)) = found.first().copied() else { break };
            if whole.is_empty() && last_empty == Some(whole.start) {
                start = self.after(whole.start);
                continue;
            }
            last_empty = if whole.is_empty() { Some(whole.end) } else { None };
            start = if whole.is_empty() { self.after(whole.end) } else { whole.end };
            out.push(found);
        }
        out
    }

    pub(super) fn after(&self, at: usize) -> usize {
        self.text.get(at..).and_then(|it| it.chars().next()).map_or(at + 1, |it| at + it.len_utf8())
    }

    pub(super) fn part<'a>(&self, it: Option<Span>, or: Value<'a>) -> Value<'a> {
        it.and_then(|it| self.text.get(it.range())).map_or(or, Value::text)
    }

    /// The whole, the only group, or all groups.
    pub(super) fn plain<'a>(&self, found: &Groups) -> Value<'a> {
        match found.as_slice() {
            [only] | [_, only] => self.part(*only, Value::text("")),
            all => {
                Value::tuple(all.iter().skip(1).map(|it| self.part(*it, Value::text(""))).collect())
            }
        }
    }

    pub(super) fn between<'a>(&self, all: &[Groups]) -> Vec<Value<'a>> {
        let (mut out, mut at) = (Vec::new(), 0);
        for found in all {
            let Some(Some(whole)) = found.first().copied() else { continue };
            out.push(Value::text(self.text.get(at..whole.start).unwrap_or_default()));
            out.extend(found.iter().skip(1).map(|it| self.part(*it, Value::None)));
            at = whole.end;
        }
        out.push(Value::text(self.text.get(at..).unwrap_or_default()));
        out
    }

    /// A match as a value.
    pub(super) fn shown<'a>(&self, machine: &Machine<'a>, found: &Groups) -> Value<'a> {
        let place = |byte: usize| {
            let before = self.text.get(..byte).map_or(0, |it| it.chars().count());
            Value::Int(i128::try_from(before).unwrap_or(0))
        };
        let group = |it: &Option<Span>| match it {
            Some(it) => Value::tuple(vec![
                self.part(Some(*it), Value::None),
                place(it.start),
                place(it.end),
            ]),
            None => Value::None,
        };
        let names: Dict<'a> = self
            .regex
            .group_info()
            .pattern_names(regex_automata::PatternID::ZERO)
            .enumerate()
            .filter_map(|(at, name)| {
                Some((Value::text(name?), Value::Int(i128::try_from(at).ok()?)))
            })
            .collect();
        let fields = [
            ("groups", Value::tuple(found.iter().map(group).collect())),
            ("names", Value::dict(names)),
            ("string", Value::text(self.text)),
        ];
        files::object(machine.at, "re.Match", fields)
    }
}
