//! Which deployments a name of an overlay means.

/// Whether `key` means the deployment: `flow/name`, `name`, or a pattern of either with `*` and `?`.
pub(super) fn fits(key: &str, flow: &str, name: &str) -> bool {
    match key.split_once('/') {
        Some((of_flow, of_name)) => matches(of_flow, flow) && matches(of_name, name),
        None => matches(key, name),
    }
}

/// `*` is any text, `?` one character. In the product of both lengths at most: a star that does not fit takes one more.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), text.chars().collect());
    let (mut at, mut from) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while let Some(it) = text.get(from) {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, from));
                at += 1;
            }
            Some(wanted) if wanted == it || *wanted == '?' => (at, from) = (at + 1, from + 1),
            _ => {
                let Some((back, taken)) = star else { return false };
                star = Some((back, taken + 1));
                (at, from) = (back + 1, taken + 1);
            }
        }
    }
    pattern.iter().skip(at).all(|it| *it == '*')
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_name_a_full_name_and_a_pattern() {
        for key in ["daily", "etl/daily", "d*", "*", "etl/*", "*/da?ly", "*a*y", "e*/d*y*"] {
            assert!(fits(key, "etl", "daily"), "{key}");
        }
        for key in ["dail", "etl", "dwh/daily", "d?", "*x", "etl/d", "", "daily/etl"] {
            assert!(!fits(key, "etl", "daily"), "{key}");
        }
    }
}
