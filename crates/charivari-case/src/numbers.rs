//! Numbers as people write them: `200,000`, `230.000`, `200 000`, `1.5 million`, `3k`.

use crate::units::{same, scale};

/// A number that was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Number {
    /// Its value, with its scale.
    pub(crate) value: f64,
    /// Where it ends.
    pub(crate) end: usize,
    /// What a word such as `million` behind it multiplied by; 1 where there was none.
    pub(crate) scale: f64,
    /// Whether it is four figures and nothing else, as years are.
    pub(crate) like_year: bool,
    /// Whether it stands open to above: `200,000+`.
    pub(crate) open: bool,
}

/// What stands at a figure.
pub(crate) enum Read {
    /// A number.
    Number(Number),
    /// Something else, such as a version or an id, up to this place.
    Other(usize),
}

/// Characters that part thousands besides the comma and the point.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’')
}

/// How many bytes of figures `text` begins with.
fn figures(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Reads what stands at `start`, where there is a figure.
pub(crate) fn read(text: &str, start: usize) -> Read {
    let (groups, mut end) = groups(text, start);
    let Some((mut value, ambiguous)) = value(&groups) else { return Read::Other(end) };
    let like_year = groups.len() == 1 && groups[0].1.len() == 4;
    let (mut factor, mut open) = (1.0, false);
    if let Some((times, length)) = letter(&text[end..]) {
        (factor, end) = (times, end + length);
    }
    if text[end..].starts_with(|c: char| c.is_alphanumeric()) && !unit_follows(&text[end..]) {
        let rest = text[end..].find(|c: char| !c.is_alphanumeric());
        return Read::Other(rest.map_or(text.len(), |rest| end + rest));
    }
    while let Some((times, length)) = word(&text[end..]) {
        // "1.234 million" is a little over a million, not 1234 of them.
        if ambiguous == Some('.') && same(factor, 1.0) {
            value /= 1000.0;
        }
        (factor, end) = (factor * times, end + length);
    }
    if text[end..].starts_with('+') {
        (open, end) = (true, end + 1);
    }
    let value = value * factor;
    if !value.is_finite() {
        return Read::Other(end);
    }
    Read::Number(Number { value, end, scale: factor, like_year, open })
}

/// Groups of figures with what stood before each, and where they end.
fn groups(text: &str, start: usize) -> (Vec<(char, &str)>, usize) {
    let first = figures(&text[start..]);
    let mut end = start + first;
    let mut groups = vec![(' ', &text[start..end])];
    while let Some(separator) = text[end..].chars().next() {
        let from = end + separator.len_utf8();
        let length = figures(&text[from..]);
        let is_group = match separator {
            ',' | '.' => length > 0,
            space => {
                is_space(space)
                    && length == 3
                    && first <= 3
                    && groups.iter().skip(1).all(|group| is_space(group.0))
            }
        };
        if !is_group {
            break;
        }
        end = from + length;
        groups.push((separator, &text[from..end]));
    }
    (groups, end)
}

/// The value of groups of figures; with the separator if it could be read in two ways.
fn value(groups: &[(char, &str)]) -> Option<(f64, Option<char>)> {
    let mut text: String = String::new();
    let mark = |at: usize| groups.get(at).map(|group| group.0).filter(|c| matches!(c, ',' | '.'));
    let last = groups.len() - 1;
    let parted = &groups[1..];
    let alike = parted.iter().all(|group| group.0 == groups[last].0);
    let thousands = |groups: &[(char, &str)]| groups.iter().all(|group| group.1.len() == 3);
    let (decimal, ambiguous) = match mark(last) {
        None => (false, None),
        Some(_) if last > 1 && alike => {
            // "1.2.3" is a version or an address.
            if !thousands(parted) {
                return None;
            }
            (false, None)
        }
        Some(_) if last > 1 => {
            let before = &parted[..last - 1];
            let mixed = before.iter().any(|group| group.0 != before[0].0 && !is_space(group.0));
            if mixed || !thousands(before) {
                return None;
            }
            (true, None)
        }
        Some(mark) => {
            let (first, second) = (groups[0].1, groups[1].1);
            let grouped = second.len() == 3 && first.len() <= 3 && !first.starts_with('0');
            (!grouped, grouped.then_some(mark))
        }
    };
    for (at, (_, group)) in groups.iter().enumerate() {
        if decimal && at == last {
            text.push('.');
        }
        text.push_str(group);
    }
    text.parse().ok().map(|value| (value, ambiguous))
}

/// A letter such as `k` that multiplies the number before it.
fn letter(rest: &str) -> Option<(f64, usize)> {
    let all =
        [("bn", 1e9), ("tn", 1e12), ("k", 1e3), ("K", 1e3), ("m", 1e6), ("M", 1e6), ("B", 1e9)];
    let found = all.into_iter().find(|(letter, _)| {
        rest.strip_prefix(letter)
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    });
    found.map(|(letter, factor)| (factor, letter.len()))
}

/// A word such as `million` that multiplies the number before it.
fn word(rest: &str) -> Option<(f64, usize)> {
    let trimmed = rest.strip_prefix([' ', '\u{a0}', '-', '\u{202f}'])?;
    let length = trimmed.find(|c: char| !c.is_alphabetic()).unwrap_or(trimmed.len());
    let factor = scale(&trimmed[..length])?;
    Some((factor, rest.len() - trimmed.len() + length))
}

/// Whether letters right behind the figures are a unit, as in `20BTC`.
fn unit_follows(rest: &str) -> bool {
    let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    crate::units::known(&rest[..length]).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_written_in_several_languages() {
        for (text, expected) in [
            ("200,000", Some(200_000.0)),
            ("230.000", Some(230_000.0)),
            ("200 000", Some(200_000.0)),
            ("200\u{202f}000", Some(200_000.0)),
            ("200'000", Some(200_000.0)),
            ("1,234.5", Some(1234.5)),
            ("1.234,5", Some(1234.5)),
            ("1.234.567", Some(1_234_567.0)),
            ("1,5", Some(1.5)),
            ("0.125", Some(0.125)),
            ("1.5 million", Some(1.5e6)),
            ("1.234 million", Some(1.234e6)),
            ("3k", Some(3000.0)),
            ("2 hundred thousand", Some(200_000.0)),
            ("20 300", Some(20_300.0)),
            ("20 30", Some(20.0)),
            ("1.2.3", None),
            ("3rd", None),
            ("5f3a", None),
            ("20BTC", Some(20.0)),
        ] {
            let met = match read(text, 0) {
                Read::Number(number) => Some(number.value),
                Read::Other(_) => None,
            };
            assert_eq!(met, expected, "{text}");
        }
    }
}
