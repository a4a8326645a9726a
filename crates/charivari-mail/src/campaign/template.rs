//! The common text of near-copies, and what was filled in: its kind, never its value.
//!
//! A word is shown where every message has it, so that it cannot be one recipient's. Even then it is
//! hidden where it looks like personal data, or is a word of any recipient's name or address.

use std::collections::BTreeSet;

use charivari_text::show::visible;
use serde::Serialize;

use crate::traits::Traits;

/// Below so many different sets of recipients, what all messages have could still be somebody's.
pub(crate) const MIN_RECIPIENTS: usize = 3;
/// Words beyond these of one text are not aligned.
const MAX_WORDS: usize = 500;
/// Messages beyond these of one campaign are not aligned; a slot shows itself in far fewer.
const MAX_ALIGNED: usize = 200;

/// A text with slots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Template {
    /// Fixed words and slots in their order.
    pub parts: Vec<TemplatePart>,
    /// How many slots there are.
    pub slots: u64,
    /// How many messages were aligned.
    pub aligned: u64,
    /// Whether the texts went on beyond what was aligned.
    pub cut: bool,
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TemplatePart {
    /// Words that every message has.
    Fixed(String),
    /// What differs, or may not be shown.
    Slot(Slot),
}

/// What was filled in, as far as it can be told without telling it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Slot {
    /// The recipient's name, or a part of the address.
    Recipient,
    /// An e-mail address.
    Address,
    /// A link.
    Link,
    /// A telephone number.
    Telephone,
    /// A date.
    Date,
    /// Figures: a number, a code of a place, an amount.
    Figures,
    /// A long run of letters and figures, such as a wallet or an identifier.
    Identifier,
    /// One word.
    Word,
    /// Several words.
    Words,
}

/// The template of near-copies of `first`, where it may be shown.
pub(super) fn of(first: &Traits, group: &[&Traits], recipients: usize) -> Option<Template> {
    if recipients < MIN_RECIPIENTS {
        return None;
    }
    let words = |traits: &'_ Traits| -> Vec<String> {
        traits.text().split_whitespace().take(MAX_WORDS).map(str::to_owned).collect()
    };
    let base = words(first);
    let mut others: Vec<&&Traits> = group.iter().collect();
    // The first messages of a file may be to one person; spread what is aligned over all.
    let step = others.len().div_ceil(MAX_ALIGNED).max(1);
    others = others.into_iter().step_by(step).collect();
    let texts: Vec<Vec<String>> = others.iter().map(|traits| words(traits)).collect();
    let aligned: Vec<Vec<Option<usize>>> = texts.iter().map(|text| align(&base, text)).collect();
    let names: BTreeSet<&str> =
        group.iter().flat_map(|traits| &traits.names).map(String::as_str).collect();
    let fixed: Vec<bool> =
        (0..base.len()).map(|at| aligned.iter().all(|places| places[at].is_some())).collect();
    let values = |from: usize, to: usize| -> Vec<Vec<&str>> {
        texts.iter().zip(&aligned).map(|(text, places)| between(text, places, from, to)).collect()
    };
    let parts = build(&base, &fixed, &names, &values);
    let slots = parts.iter().filter(|part| matches!(part, TemplatePart::Slot(_))).count() as u64;
    let cut = first.text().split_whitespace().nth(MAX_WORDS).is_some() || first.cut;
    Some(Template { parts, slots, aligned: texts.len() as u64, cut })
}

/// Joins fixed words, and puts a slot wherever some message has something else.
fn build<'t>(
    base: &[String],
    fixed: &[bool],
    names: &BTreeSet<&str>,
    values: &dyn Fn(usize, usize) -> Vec<Vec<&'t str>>,
) -> Vec<TemplatePart> {
    let mut parts = Vec::new();
    let mut text = String::new();
    // One before the next word that may still be free.
    let mut open = 0;
    for at in (0..=base.len()).filter(|&at| fixed.get(at) != Some(&false)) {
        let filled = values(open, at);
        if filled.iter().any(|words| !words.is_empty()) {
            flush(&mut text, &mut parts);
            parts.push(TemplatePart::Slot(kind(&filled, names)));
        }
        open = at + 1;
        let Some(word) = base.get(at) else { break };
        if let Some(slot) = private(word, names) {
            flush(&mut text, &mut parts);
            parts.push(TemplatePart::Slot(slot));
        } else {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&visible(word));
        }
    }
    flush(&mut text, &mut parts);
    parts.dedup_by(
        |b, a| matches!((a, b), (TemplatePart::Slot(a), TemplatePart::Slot(b)) if a == b),
    );
    parts
}

fn flush(text: &mut String, parts: &mut Vec<TemplatePart>) {
    if !text.is_empty() {
        parts.push(TemplatePart::Fixed(std::mem::take(text)));
    }
}

/// The words of a text that stand between what its base has before `from` and at `to`.
fn between<'t>(
    text: &'t [String],
    places: &[Option<usize>],
    from: usize,
    to: usize,
) -> Vec<&'t str> {
    let start = from.checked_sub(1).and_then(|at| places[at]).map_or(0, |place| place + 1);
    let end = places.get(to).copied().flatten().unwrap_or(text.len());
    text.get(start..end.max(start)).unwrap_or_default().iter().map(String::as_str).collect()
}

/// What a word that all messages have would be, if it may not be shown.
fn private(word: &str, names: &BTreeSet<&str>) -> Option<Slot> {
    let kind = of_word(word, names);
    let figures = word.chars().filter(char::is_ascii_digit).count();
    match kind {
        Slot::Word => None,
        Slot::Figures | Slot::Date if figures < 5 => None,
        other => Some(other),
    }
}

/// What was filled in, by all values of a slot.
fn kind(values: &[Vec<&str>], names: &BTreeSet<&str>) -> Slot {
    let filled: Vec<&Vec<&str>> = values.iter().filter(|words| !words.is_empty()).collect();
    let mut kinds = BTreeSet::new();
    for words in &filled {
        let inner: BTreeSet<Slot> = words.iter().map(|word| of_word(word, names)).collect();
        // Of several words, the most telling one says what it is: a greeting before a name.
        kinds.insert(inner.into_iter().next().unwrap_or(Slot::Words));
    }
    match kinds.first() {
        Some(&only) if kinds.len() == 1 && only != Slot::Word => only,
        Some(_) if kinds.iter().all(|kind| *kind == Slot::Word) => {
            if filled.iter().all(|words| words.len() == 1) { Slot::Word } else { Slot::Words }
        }
        _ => Slot::Words,
    }
}

/// What one word looks like.
fn of_word(word: &str, names: &BTreeSet<&str>) -> Slot {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '+');
    let lower = bare.to_lowercase();
    let figures = bare.chars().filter(char::is_ascii_digit).count();
    let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
    let parts = || lower.split(|c: char| !c.is_alphanumeric());
    if word.contains('@') {
        Slot::Address
    } else if lower.contains("://") || lower.starts_with("www.") {
        Slot::Link
    } else if parts().any(|part| names.contains(part)) {
        Slot::Recipient
    } else if letters > 0 && figures > 0 && bare.len() >= 20 {
        Slot::Identifier
    } else if letters > 0 || figures == 0 {
        Slot::Word
    } else if figures >= 8 && (bare.starts_with('+') || bare.starts_with('0')) {
        Slot::Telephone
    } else if (6..=8).contains(&figures) && bare.split(['-', '/', '.']).count() == 3 {
        Slot::Date
    } else {
        Slot::Figures
    }
}

/// Where each word of a base stands in another text: their longest common subsequence.
fn align(base: &[String], text: &[String]) -> Vec<Option<usize>> {
    let (rows, columns) = (base.len(), text.len());
    let width = columns + 1;
    let mut lengths = vec![0_u16; (rows + 1) * width];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            lengths[row * width + column] = if base[row] == text[column] {
                lengths[(row + 1) * width + column + 1] + 1
            } else {
                lengths[(row + 1) * width + column].max(lengths[row * width + column + 1])
            };
        }
    }
    let mut places = vec![None; rows];
    let (mut row, mut column) = (0, 0);
    while row < rows && column < columns {
        if base[row] == text[column] {
            places[row] = Some(column);
            (row, column) = (row + 1, column + 1);
        } else if lengths[(row + 1) * width + column] >= lengths[row * width + column + 1] {
            row += 1;
        } else {
            column += 1;
        }
    }
    places
}
