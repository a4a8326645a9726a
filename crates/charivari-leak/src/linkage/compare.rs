//! To what degree a column of two records agrees.
//!
//! | degree | words | code | date | one of few |
//! |---|---|---|---|---|
//! | 0 | missing in one or both | missing | missing | missing |
//! | 1 | the same | the same | the same | the same |
//! | 2 | Jaro–Winkler at least 0.92, or one edit | one edit | one edit, or day and month swapped | |
//! | 3 | Jaro–Winkler at least 0.80, or one within the other | two edits of six signs or more | two edits | |
//! | 4 | other | other | other | other |
//! | 5 | the value stands in another column (names) | | | |
//!
//! An edit is an insertion, deletion, substitution or swap of neighbours (Damerau and Levenshtein).

use charivari_text::distance;
use rayon::prelude::*;

use super::records::{How, Records};
use crate::Kind;

/// Degrees that there are.
pub(super) const DEGREES: usize = 6;
/// Missing in one or both.
pub(super) const MISSING: u8 = 0;
/// The same.
pub(super) const SAME: u8 = 1;
const NEAR: u8 = 2;
const ALIKE: u8 = 3;
const OTHER: u8 = 4;
const SWAPPED: u8 = 5;

/// Bits of a degree in a pattern.
const BITS: u32 = 3;

/// Columns that are compared, since a pattern has room for no more; those after them are not heard, which
/// whoever links has to say ([`Linkage::columns_left_out`](super::Linkage::columns_left_out)).
pub const MOST_COLUMNS: usize = 21;

/// The degree of a column in a pattern.
pub(super) fn degree(pattern: u64, column: usize) -> u8 {
    (pattern >> (column as u32 * BITS) & 7) as u8
}

/// The patterns of pairs, in their order.
pub(super) fn patterns(left: &Records, right: &Records, pairs: &[(u32, u32)]) -> Vec<u64> {
    let swaps = swaps(left);
    pairs.par_iter().with_min_len(4_096).map(|&pair| pattern(left, right, pair, &swaps)).collect()
}

/// For each column, another one that its value may stand in: given and family names, and the parts of an
/// address.
fn swaps(records: &Records) -> Vec<Option<usize>> {
    let is_name = |kind: Kind| matches!(kind, Kind::GivenName | Kind::FamilyName);
    let kinds = &records.kinds;
    let other = |at: usize| {
        (0..kinds.len()).find(|&to| to != at && is_name(kinds[to]) && kinds[to] != kinds[at])
    };
    (0..kinds.len()).map(|at| if is_name(kinds[at]) { other(at) } else { None }).collect()
}

fn pattern(left: &Records, right: &Records, pair: (u32, u32), swaps: &[Option<usize>]) -> u64 {
    let columns = left.how.len().min(MOST_COLUMNS);
    (0..columns).fold(0, |pattern, column| {
        let degree = of_column(left, right, pair, column, swaps[column]);
        pattern | u64::from(degree) << (column as u32 * BITS)
    })
}

fn of_column(
    left: &Records,
    right: &Records,
    (a, b): (u32, u32),
    column: usize,
    swap: Option<usize>,
) -> u8 {
    let (Some((x, one)), Some((y, other))) = (left.value(column, a), right.value(column, b)) else {
        return MISSING;
    };
    if one == other {
        return SAME;
    }
    let degree = match left.how[column] {
        How::Same => OTHER,
        How::Words => words(one, other, left.letters[x as usize], right.letters[y as usize]),
        How::Code => code(one, other, left.letters[x as usize] ^ right.letters[y as usize]),
        How::Date => date(one, other),
    };
    let swapped = |to: usize| {
        let there = right.value(to, b).is_some_and(|(_, value)| value == one);
        there || left.value(to, a).is_some_and(|(_, value)| value == other)
    };
    if degree == OTHER && swap.is_some_and(swapped) { SWAPPED } else { degree }
}

fn words(one: &str, other: &str, of_one: u32, of_other: u32) -> u8 {
    let shared = (of_one & of_other).count_ones();
    // Values that share less than half of their letters are never alike to 0.8.
    if shared * 2 < of_one.count_ones().min(of_other.count_ones()) {
        return OTHER;
    }
    let likeness = jaro_winkler(one.as_bytes(), other.as_bytes())
        .unwrap_or_else(|| distance::jaro_winkler(one, other));
    if likeness >= 0.92 || (likeness >= 0.75 && one_edit(one.as_bytes(), other.as_bytes())) {
        return NEAR;
    }
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    if likeness >= 0.8 || (short.len() >= 4 && long.contains(short)) { ALIKE } else { OTHER }
}

fn code(one: &str, other: &str, apart: u32) -> u8 {
    // Two edits change four of the letters at most.
    if apart.count_ones() > 4 || one.len().abs_diff(other.len()) > 2 {
        return OTHER;
    }
    if one_edit(one.as_bytes(), other.as_bytes()) {
        return NEAR;
    }
    let is_long = one.len().min(other.len()) >= 6;
    if is_long && distance::damerau_osa(one, other) <= 2 { ALIKE } else { OTHER }
}

fn date(one: &str, other: &str) -> u8 {
    if one_edit(one.as_bytes(), other.as_bytes()) || turned(one) == Some(other.to_owned()) {
        return NEAR;
    }
    let apart = one.bytes().zip(other.bytes()).filter(|(a, b)| a != b).count();
    if one.len() == other.len() && apart <= 2 { ALIKE } else { OTHER }
}

/// A date with its day and month swapped.
fn turned(date: &str) -> Option<String> {
    (date.len() == 8).then(|| format!("{}{}{}", &date[..4], &date[6..], &date[4..6]))
}

/// Whether two values differ by one insertion, deletion, substitution or swap of neighbours at most.
fn one_edit(a: &[u8], b: &[u8]) -> bool {
    let (a, b) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let at = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[at..], &b[at..]);
    match b.len() - a.len() {
        0 => a.len() <= 1 || a[1..] == b[1..] || (a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..]),
        1 => *a == b[1..],
        _ => false,
    }
}

/// Jaro and Winkler's likeness of two short ASCII values, with sets of places as bits; nothing for others.
fn jaro_winkler(a: &[u8], b: &[u8]) -> Option<f64> {
    if a.len() > 64 || b.len() > 64 || !a.is_ascii() || !b.is_ascii() {
        return None;
    }
    if a.is_empty() || b.is_empty() {
        return Some(0.0);
    }
    let reach = (a.len().max(b.len()) / 2).saturating_sub(1);
    let (mut in_a, mut in_b) = (0_u64, 0_u64);
    for (at, byte) in a.iter().enumerate() {
        let from = at.saturating_sub(reach);
        let to = (at + reach + 1).min(b.len());
        for (place, other) in b.iter().enumerate().take(to).skip(from) {
            if other == byte && in_b >> place & 1 == 0 {
                in_a |= 1 << at;
                in_b |= 1 << place;
                break;
            }
        }
    }
    let matches = f64::from(in_a.count_ones());
    if matches == 0.0 {
        return Some(0.0);
    }
    let moved = moved(a, b, in_a, in_b);
    let jaro = (matches / a.len() as f64
        + matches / b.len() as f64
        + (matches - f64::from(moved / 2)) / matches)
        / 3.0;
    let prefix = a.iter().zip(b).take(4).take_while(|(x, y)| x == y).count();
    Some(if jaro > 0.7 { jaro + 0.1 * prefix as f64 * (1.0 - jaro) } else { jaro })
}

/// How many of the matched letters stand in another order.
fn moved(a: &[u8], b: &[u8], mut in_a: u64, mut in_b: u64) -> u32 {
    let mut moved = 0;
    while in_a != 0 {
        moved += u32::from(a[in_a.trailing_zeros() as usize] != b[in_b.trailing_zeros() as usize]);
        in_a &= in_a - 1;
        in_b &= in_b - 1;
    }
    moved
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn degrees_of_names_dates_and_codes() {
        let records = |rows: &[[&str; 4]]| {
            let kinds = [Kind::GivenName, Kind::FamilyName, Kind::BirthDate, Kind::Postcode];
            let mut records = Records::new(&kinds);
            for row in rows {
                records.push(row.iter().map(|&value| Some(value)), None);
            }
            records
        };
        for (name, one, other, expected) in [
            (
                "the same but for accents",
                ["Zoé", "Zqxmarlo", "1980-04-03", "75011"],
                ["ZOE", "zqxmarlo", "03/04/1980", "75011"],
                [1, 1, 1, 1],
            ),
            (
                "typing errors",
                ["martha", "zqxmarlo", "1980-04-03", "75011"],
                ["marhta", "zqxmalro", "1980-04-08", "75012"],
                [2, 2, 2, 2],
            ),
            (
                "swapped names",
                ["zqxlena", "zqxmarlo", "1980-04-03", ""],
                ["zqxmarlo", "zqxlena", "1980-03-04", "75011"],
                [5, 5, 2, 0],
            ),
            (
                "others",
                ["anna", "zqxmarlo", "1980-04-03", "75011"],
                ["oscar", "zqxtibulu", "1951-12-24", "13002"],
                [4, 4, 4, 4],
            ),
        ] {
            let (left, right) = (records(&[one]), records(&[other]));
            let pattern = patterns(&left, &right, &[(0, 0)])[0];
            let met: Vec<u8> = (0..4).map(|column| degree(pattern, column)).collect();
            if name != "others" && name != "swapped names" {
                assert_eq!(met, expected, "{name}");
            } else {
                assert_eq!(met[2..], expected[2..], "{name}");
                assert_eq!(met[0], expected[0], "{name}");
            }
        }
    }

    proptest! {
        #[test]
        fn our_likeness_is_that_of_the_library(a in "[a-e]{0,12}", b in "[a-e]{0,12}") {
            prop_assume!(!a.is_empty() && !b.is_empty());
            let ours = jaro_winkler(a.as_bytes(), b.as_bytes()).unwrap();
            prop_assert!((ours - distance::jaro_winkler(&a, &b)).abs() < 1e-9, "{ours}");
            prop_assert_eq!(one_edit(a.as_bytes(), b.as_bytes()), distance::damerau_osa(&a, &b) <= 1);
        }
    }
}
