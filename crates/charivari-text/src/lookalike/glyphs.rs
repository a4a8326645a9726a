//! Letters that look like others, in domains: a few exchanges by shape, any number by skeleton.

use super::{Rule, SOME_EDIT};
use crate::skeleton;

/// What a letter is exchanged for beyond what skeletons fold, because the shapes are near: a bow
/// more or less, a stroke before a bow.
const SHAPES: &[(char, &[&str])] = &[
    ('b', &["d", "lb", "cl", "dl", "ld"]),
    ('c', &["d", "e"]),
    ('d', &["b", "dl", "bl", "lb", "el", "cll"]),
    ('e', &["c"]),
    ('f', &["t"]),
    ('g', &["q"]),
    ('h', &["lh"]),
    ('k', &["lk", "ik"]),
    ('n', &["r", "m"]),
    ('o', &["c"]),
    ('p', &["q"]),
    ('q', &["g", "p"]),
    ('r', &["n"]),
    ('u', &["v"]),
    ('v', &["u"]),
    ('y', &["v"]),
];

/// So many letters may be exchanged by shape: with more, a name is another name.
const MOST: usize = 2;

/// Adds the rules by which `label` is read as `name`.
pub(super) fn rules(name: &str, label: &str, rules: &mut Vec<Rule>) {
    let known = skeleton::of(name);
    let seen = skeleton::of(label);
    if known == seen {
        // What differs in nothing that is seen differs in letters that look the same.
        let other = |text: &str| text.chars().any(is_other_script);
        rules.push(if other(label) && !other(name) { Rule::Cyrillic } else { Rule::Homoglyph });
        return;
    }
    if name.chars().count() >= SOME_EDIT && by_shape(name, label) {
        rules.push(Rule::Homoglyph);
    }
}

fn is_other_script(c: char) -> bool {
    c.is_alphabetic() && skeleton::script(c).is_some_and(|script| script != 1)
}

/// Whether exchanges by shape, at most [`MOST`], turn the name into the label; what skeletons fold
/// counts as one exchange only where it is a letter of its own.
#[allow(clippy::needless_range_loop, reason = "indices are those of the table of costs")]
fn by_shape(name: &str, label: &str) -> bool {
    let known: Vec<char> = skeleton::plain(name).chars().collect();
    let seen: Vec<char> = skeleton::plain(label).chars().collect();
    if seen.len().abs_diff(known.len()) > 2 * MOST {
        return false;
    }
    // The fewest exchanges with which the first `i` letters of the name make the first `j` seen.
    let far = MOST + 1;
    let mut best = vec![vec![far; seen.len() + 1]; known.len() + 1];
    best[0][0] = 0;
    for i in 0..known.len() {
        for j in 0..=seen.len() {
            if best[i][j] < far {
                step(&mut best, i, j, known[i], &seen[j..]);
            }
        }
    }
    best[known.len()][seen.len()] <= MOST
}

fn step(best: &mut [Vec<usize>], i: usize, j: usize, letter: char, rest: &[char]) {
    let here = best[i][j];
    let mut reach = |length: usize, cost: usize| {
        if let Some(cell) = best[i + 1].get_mut(j + length) {
            *cell = (*cell).min(here + cost);
        }
    };
    if rest.first() == Some(&letter) {
        reach(1, 0);
    }
    let own = skeleton::of(letter.encode_utf8(&mut [0; 4]));
    for length in 1..=2.min(rest.len()) {
        let piece: String = rest[..length].iter().collect();
        if !piece.starts_with(letter) && skeleton::of(&piece) == own {
            reach(length, 1);
        }
    }
    for (_, forms) in SHAPES.iter().filter(|(from, _)| *from == letter) {
        for form in *forms {
            reach_form(form, rest, &mut reach);
        }
    }
}

/// A form may have its stroke written as `l`, `i` or `1`, and twice.
fn reach_form(form: &str, rest: &[char], reach: &mut impl FnMut(usize, usize)) {
    let is_stroke = |c: char| matches!(c, 'l' | 'i' | '1');
    let shape: Vec<char> = form.chars().collect();
    let fits = |rest: &[char]| {
        rest.len() >= shape.len()
            && shape.iter().zip(rest).all(|(a, b)| a == b || (is_stroke(*a) && is_stroke(*b)))
    };
    if fits(rest) {
        reach(shape.len(), 1);
    }
    let has_stroke_first = shape.len() == 2 && is_stroke(shape[0]);
    if has_stroke_first && rest.first().is_some_and(|c| is_stroke(*c)) && fits(&rest[1..]) {
        reach(shape.len() + 1, 2);
    }
    let has_stroke_last = shape.len() == 2 && is_stroke(shape[1]);
    if has_stroke_last && fits(rest) && rest.get(2).is_some_and(|c| is_stroke(*c)) {
        reach(shape.len() + 1, 2);
    }
}
