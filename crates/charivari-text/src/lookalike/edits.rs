//! One edit between two labels, and what kind it is.

use super::{ANY_EDIT, Rule, SOME_EDIT};

/// Rows of keys on the three keyboards of most Latin scripts: a letter is beside those left and
/// right of it, and below and above.
const KEYBOARDS: [[&str; 4]; 3] = [
    ["1234567890-", "qwertyuiop", "asdfghjkl", "zxcvbnm"],
    ["1234567890-", "qwertzuiop", "asdfghjkl", "yxcvbnm"],
    ["1234567890-", "azertyuiop", "qsdfghjklm", "wxcvbn"],
];

/// Adds the rules of a single edit that turns `name` into `label`.
pub(super) fn rules(name: &str, label: &str, rules: &mut Vec<Rule>) {
    let known: Vec<char> = name.chars().collect();
    let seen: Vec<char> = label.chars().collect();
    if known.len() >= 4 && is_hyphenated(name, label) {
        rules.push(Rule::Hyphenation);
    }
    if known.len() < SOME_EDIT || seen.len().abs_diff(known.len()) > 2 {
        return;
    }
    let any = known.len() >= ANY_EDIT;
    let start = known.iter().zip(&seen).take_while(|(a, b)| a == b).count();
    let shorter = known.len().min(seen.len());
    let (a, b) = (known.iter().rev(), seen.iter().rev());
    let end = a.zip(b).take_while(|(a, b)| a == b).count().min(shorter - start);
    let (left, right) = (&known[start..known.len() - end], &seen[start..seen.len() - end]);
    match (left, right) {
        ([a, b], [c, d]) if a == d && b == c => rules.push(Rule::Transposition),
        ([from], [to]) => replaced(*from, *to, any, rules),
        ([], [added]) => inserted(&seen, start, *added, known.len(), any, rules),
        ([], [a, 's']) if *a == 'e' => rules.push(Rule::Plural),
        ([gone], []) => omitted(&known, start, *gone, any, rules),
        _ => {}
    }
}

fn is_hyphenated(name: &str, label: &str) -> bool {
    (name.contains('-') || label.contains('-')) && name.replace('-', "") == label.replace('-', "")
}

fn replaced(from: char, to: char, any: bool, rules: &mut Vec<Rule>) {
    if is_vowel(from) && is_vowel(to) {
        rules.push(Rule::VowelSwap);
    }
    if differ_in_one_bit(from, to) {
        rules.push(Rule::Bitsquatting);
    }
    if any || are_neighbours(from, to) {
        rules.push(Rule::Replacement);
    }
}

/// A letter that came in at `at` of `seen`; a run of equal letters may have it at any place.
fn inserted(seen: &[char], at: usize, added: char, known: usize, any: bool, rules: &mut Vec<Rule>) {
    let run = |place: usize| seen.get(place) == Some(&added);
    let before = at.checked_sub(1);
    if before.is_some_and(run) || run(at + 1) {
        rules.push(Rule::Repetition);
    }
    if added == 's' {
        rules.push(Rule::Plural);
    }
    // At an end the letter may have been any of its run.
    let is_last = seen[at..].iter().all(|c| *c == added);
    let is_first = seen[..=at].iter().all(|c| *c == added);
    if is_last || (any && is_first) {
        rules.push(Rule::Addition);
    }
    let beside = |place: Option<usize>| {
        place.and_then(|place| seen.get(place)).is_some_and(|c| are_neighbours(*c, added))
    };
    if at < known && (any || beside(before) || beside(Some(at + 1))) {
        rules.push(Rule::Insertion);
    }
}

fn omitted(known: &[char], at: usize, gone: char, any: bool, rules: &mut Vec<Rule>) {
    let same =
        |place: Option<usize>| place.and_then(|place| known.get(place)).is_some_and(|c| *c == gone);
    if same(at.checked_sub(1)) || same(Some(at + 1)) {
        rules.push(Rule::Repetition);
    }
    if any {
        rules.push(Rule::Omission);
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

fn differ_in_one_bit(a: char, b: char) -> bool {
    a.is_ascii() && b.is_ascii() && (u32::from(a) ^ u32::from(b)).is_power_of_two()
}

/// Whether two keys are beside one another.
fn are_neighbours(a: char, b: char) -> bool {
    KEYBOARDS.iter().any(|rows| {
        let (Some((row, column)), Some((other_row, other))) = (place(rows, a), place(rows, b))
        else {
            return false;
        };
        match row.abs_diff(other_row) {
            0 => column.abs_diff(other) == 1,
            // Each row stands half a key to the right of the one above.
            1 => {
                let (upper, lower) =
                    if row < other_row { (column, other) } else { (other, column) };
                upper == lower || upper == lower + 1
            }
            _ => false,
        }
    })
}

fn place(rows: &[&str; 4], key: char) -> Option<(usize, usize)> {
    rows.iter()
        .enumerate()
        .find_map(|(row, keys)| Some((row, keys.chars().position(|c| c == key)?)))
}
