//! `hashlib` and `base64`.

use std::rc::Rc;

use md5::{Digest as _, Md5};
use sha2::{Sha256, Sha512};

use super::Made;
use crate::evaluate::call::Args;
use crate::evaluate::files;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::{Object, Value};

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    let first = args.positional.first().cloned();
    if let Some(name) = dotted.strip_prefix("base64.") {
        return match first {
            Some(it) => based(machine, name, &it),
            None => Ok(None),
        };
    }
    let Some(name) = dotted.strip_prefix("hashlib.") else { return Ok(None) };
    let (kind, given) = match (name, first) {
        ("new", Some(kind)) => (kind, args.positional.get(1).cloned()),
        (name, first) => (Value::text(name), first),
    };
    let given = given.unwrap_or_else(|| Value::Bytes(Rc::from([])));
    if given.as_unknown().is_some() || !kind.as_text().is_some_and(|it| is_known(it)) {
        return Ok(Some(machine.unknown(format!("the result of `{dotted}`"))));
    }
    if !matches!(given, Value::Bytes(_)) {
        return machine.raise("TypeError", "Strings must be encoded before hashing");
    }
    Ok(Some(files::object(machine.at, "hashlib.hash", [("kind", kind), ("data", given)])))
}

fn is_known(kind: &str) -> bool {
    matches!(kind, "md5" | "sha256" | "sha512")
}

/// Methods of a hash.
#[expect(clippy::format_collect, reason = "a digest of a few bytes")]
pub(super) fn method<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    name: &str,
    args: &Args<'a>,
) -> Eval<'a> {
    let field = |name: &str| it.fields.borrow().get(name).cloned().unwrap_or(Value::None);
    let (Value::Bytes(data), Some(kind)) = (field("data"), field("kind").as_text().cloned()) else {
        return Ok(field("data"));
    };
    machine.spend_size(data.len())?;
    Ok(match (name, args.positional.first()) {
        ("update", Some(Value::Bytes(more))) => {
            let whole = data.iter().chain(more.iter()).copied().collect();
            it.fields.borrow_mut().insert("data".into(), Value::Bytes(whole));
            Value::None
        }
        ("update", Some(other)) => {
            let unknown = machine.unknown(format!("the hash of a {}", other.type_name()));
            it.fields.borrow_mut().insert("data".into(), unknown);
            Value::None
        }
        ("hexdigest", _) => Value::text(
            digest(&kind, &data).iter().map(|it| format!("{it:02x}")).collect::<String>(),
        ),
        ("digest", _) => Value::Bytes(digest(&kind, &data).into()),
        _ => files::object(
            machine.at,
            "hashlib.hash",
            [("kind", field("kind")), ("data", field("data"))],
        ),
    })
}

fn digest(kind: &str, data: &[u8]) -> Vec<u8> {
    match kind {
        "md5" => Md5::digest(data).to_vec(),
        "sha512" => Sha512::digest(data).to_vec(),
        _ => Sha256::digest(data).to_vec(),
    }
}

const PLAIN: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const SAFE: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

#[expect(clippy::format_collect, reason = "a digest of a few bytes")]
fn based<'a>(machine: &mut Machine<'a>, name: &str, it: &Value<'a>) -> Made<'a> {
    let alphabet = if name.starts_with("urlsafe") { SAFE } else { PLAIN };
    let data: Vec<u8> = match (it, it.as_text()) {
        (Value::Bytes(it), _) => it.to_vec(),
        (_, Some(text)) => text.as_bytes().to_vec(),
        _ => return Ok(Some(machine.unknown(format!("the result of `base64.{name}`")))),
    };
    machine.spend_size(data.len().saturating_mul(2))?;
    Ok(Some(match name {
        "b64encode" | "urlsafe_b64encode" | "standard_b64encode" => {
            Value::Bytes(encoded(&data, alphabet).into())
        }
        "b64decode" | "urlsafe_b64decode" | "standard_b64decode" => {
            match decoded(&data, alphabet) {
                Some(made) => Value::Bytes(made.into()),
                None => return machine.raise("Error", "Incorrect padding"),
            }
        }
        "b16encode" => {
            let text: String = data.iter().map(|it| format!("{it:02X}")).collect();
            Value::Bytes(text.as_bytes().into())
        }
        _ => machine.unknown(format!("the result of `base64.{name}`")),
    }))
}

fn encoded(data: &[u8], alphabet: &[u8; 64]) -> Vec<u8> {
    let mut out = Vec::new();
    for part in data.chunks(3) {
        let byte = |at: usize| u32::from(part.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let index = usize::try_from(bits >> (18 - 6 * at) & 63).unwrap_or(0);
            let letter = alphabet.get(index).copied().unwrap_or(b'=');
            out.push(if at > part.len() { b'=' } else { letter });
        }
    }
    out
}

#[expect(clippy::naive_bytecount, reason = "a short text")]
fn decoded(data: &[u8], alphabet: &[u8; 64]) -> Option<Vec<u8>> {
    let letters: Vec<u32> = data
        .iter()
        .filter_map(|it| alphabet.iter().position(|letter| letter == it))
        .filter_map(|it| u32::try_from(it).ok())
        .collect();
    let padding = data.iter().filter(|it| **it == b'=').count();
    if !(letters.len() + padding).is_multiple_of(4) {
        return None;
    }
    let mut out = Vec::new();
    for part in letters.chunks(4) {
        let bits = part.iter().enumerate().fold(0, |bits, (at, it)| bits | it << (18 - 6 * at));
        let bytes = bits.to_be_bytes();
        out.extend(bytes.iter().skip(1).take(part.len().saturating_sub(1)));
    }
    Some(out)
}
