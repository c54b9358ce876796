//! The format mini-language of Python for texts and numbers.
//!
//! Source: "Format Specification Mini-Language" of Python's library reference.

use super::value::Value;

/// Widest field, and most digits.
const MAX_WIDTH: usize = 10_000;

/// `[[fill]align][sign][#][0][width][,][.precision][type]`
#[derive(Debug, Default)]
struct Spec {
    fill: Option<char>,
    align: Option<char>,
    sign: Option<char>,
    alternate: bool,
    width: usize,
    group: Option<char>,
    precision: Option<usize>,
    kind: Option<char>,
}

fn parse(spec: &str) -> Option<Spec> {
    let mut out = Spec::default();
    let mut rest: Vec<char> = spec.chars().collect();
    let is_align = |it: Option<&char>| it.is_some_and(|it| "<>=^".contains(*it));
    if is_align(rest.get(1)) {
        (out.fill, out.align) = (rest.first().copied(), rest.get(1).copied());
        rest.drain(..2);
    } else if is_align(rest.first()) {
        out.align = Some(rest.remove(0));
    }
    let take = |rest: &mut Vec<char>, fits: fn(char) -> bool| {
        let first = rest.first().copied().filter(|it| fits(*it))?;
        rest.remove(0);
        Some(first)
    };
    out.sign = take(&mut rest, |it| "+- ".contains(it));
    take(&mut rest, |it| it == 'z');
    out.alternate = take(&mut rest, |it| it == '#').is_some();
    if take(&mut rest, |it| it == '0').is_some() {
        (out.fill, out.align) = (out.fill.or(Some('0')), out.align.or(Some('=')));
    }
    out.width = number(&mut rest)?.unwrap_or(0);
    out.group = take(&mut rest, |it| it == ',' || it == '_');
    if take(&mut rest, |it| it == '.').is_some() {
        out.precision = Some(number(&mut rest)??);
    }
    out.kind = take(&mut rest, |_| true);
    rest.is_empty().then_some(out)
}

/// The digits at the start; `Some(None)` when there are none, `None` when the number is too large.
#[expect(clippy::option_option, reason = "not known, or known to be none")]
fn number(rest: &mut Vec<char>) -> Option<Option<usize>> {
    let count = rest.iter().take_while(|it| it.is_ascii_digit()).count();
    let digits: String = rest.drain(..count).collect();
    if digits.is_empty() {
        return Some(None);
    }
    digits.parse().ok().filter(|it| *it <= MAX_WIDTH).map(Some)
}

/// What `format(value, spec)` gives; `None` when the value has no such format.
pub(super) fn formatted(value: &Value<'_>, spec: &str) -> Option<String> {
    let spec = parse(spec)?;
    if let Some(text) = value.as_text() {
        return of_text(text, &spec);
    }
    let (negative, digits) = match (value.as_int(), value.as_float()) {
        (Some(it), _) if !matches!(spec.kind, Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%')) => {
            (it < 0, whole(it.unsigned_abs(), &spec)?)
        }
        (_, Some(it)) => (it.is_sign_negative(), of_real(it.abs(), &spec)?),
        _ => return None,
    };
    let sign = match (negative, spec.sign) {
        (true, _) => "-",
        (false, Some('+')) => "+",
        (false, Some(' ')) => " ",
        _ => "",
    };
    Some(aligned(sign, &digits, &spec, '>'))
}

fn of_text(text: &str, spec: &Spec) -> Option<String> {
    if !matches!(spec.kind, None | Some('s')) || spec.align == Some('=') && spec.fill != Some('0') {
        return None;
    }
    let cut: String = text.chars().take(spec.precision.unwrap_or(usize::MAX)).collect();
    Some(aligned("", &cut, spec, '<'))
}

fn aligned(sign: &str, digits: &str, spec: &Spec, default: char) -> String {
    let count = sign.chars().count() + digits.chars().count();
    let missing = spec.width.saturating_sub(count);
    let fill = |count: usize| String::from(spec.fill.unwrap_or(' ')).repeat(count);
    match spec.align.unwrap_or(default) {
        '<' => format!("{sign}{digits}{}", fill(missing)),
        '^' => format!("{}{sign}{digits}{}", fill(missing / 2), fill(missing - missing / 2)),
        '=' if default == '>' => format!("{sign}{}{digits}", fill(missing)),
        '=' => format!("{digits}{}", fill(missing)),
        _ => format!("{}{sign}{digits}", fill(missing)),
    }
}

fn whole(it: u128, spec: &Spec) -> Option<String> {
    let prefix = |it: &'static str| if spec.alternate { it } else { "" };
    Some(match spec.kind {
        None | Some('d' | 'n') => grouped(&it.to_string(), spec.group),
        Some('x') => format!("{}{it:x}", prefix("0x")),
        Some('X') => format!("{}{it:X}", prefix("0X")),
        Some('o') => format!("{}{it:o}", prefix("0o")),
        Some('b') => format!("{}{it:b}", prefix("0b")),
        Some('c') => char::from_u32(u32::try_from(it).ok()?)?.to_string(),
        _ => return None,
    })
}

fn of_real(it: f64, spec: &Spec) -> Option<String> {
    let precision = spec.precision.unwrap_or(6);
    Some(match spec.kind {
        Some('f' | 'F') => split(&format!("{it:.precision$}"), spec.group),
        Some('%') => format!("{}%", split(&format!("{:.precision$}", it * 100.0), spec.group)),
        Some('e') => exponent(&format!("{it:.precision$e}")),
        Some('E') => exponent(&format!("{it:.precision$e}")).to_uppercase(),
        None if spec.precision.is_none() => split(&real(it), spec.group),
        None | Some('g' | 'G' | 'n') => split(&general(it, precision.max(1)), spec.group),
        _ => return None,
    })
}

/// `e+05`
fn exponent(text: &str) -> String {
    let Some((digits, exponent)) = text.split_once('e') else { return text.to_owned() };
    let (sign, exponent) = exponent.strip_prefix('-').map_or(('+', exponent), |it| ('-', it));
    format!("{digits}e{sign}{exponent:0>2}")
}

fn general(it: f64, precision: usize) -> String {
    let scientific = format!("{it:.*e}", precision - 1);
    let power: i32 = scientific.split_once('e').and_then(|(_, it)| it.parse().ok()).unwrap_or(0);
    let limit = i32::try_from(precision).unwrap_or(i32::MAX);
    let trimmed = |text: &str| {
        if text.contains('.') {
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        } else {
            text.to_owned()
        }
    };
    if (-4..limit).contains(&power) {
        let digits = usize::try_from(limit - 1 - power).unwrap_or(0);
        return trimmed(&format!("{it:.digits$}"));
    }
    let (digits, power) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    exponent(&format!("{}e{power}", trimmed(digits)))
}

/// Groups the digits before the point.
fn split(text: &str, group: Option<char>) -> String {
    let end = text.find(|it: char| !it.is_ascii_digit()).unwrap_or(text.len());
    let (before, after) = text.split_at(end);
    format!("{}{after}", grouped(before, group))
}

fn grouped(digits: &str, group: Option<char>) -> String {
    let Some(group) = group else { return digits.to_owned() };
    let mut out = String::new();
    for (at, it) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(group);
        }
        out.push(it);
    }
    out
}

/// What `repr` of a float gives.
pub(super) fn real(it: f64) -> String {
    if it.is_infinite() {
        return if it > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    if it.is_nan() {
        return "nan".to_owned();
    }
    let size = it.abs();
    if size != 0.0 && !(1e-4..1e16).contains(&size) {
        return exponent(&format!("{it:e}"));
    }
    format!("{it:?}")
}
