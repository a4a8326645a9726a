//! The near key: what is left of a text once everything that is only spelling is put aside.
//!
//! It serves comparison alone. What is shown and kept as evidence is the text itself.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use crate::chars::is_alphanumeric;
use crate::hashtag::hashtags_in;
use crate::normalise::Normaliser;

/// Texts whose near key weighs less than this are never clustered.
///
/// Short texts are alike by chance: "thank you so much my dear friend" differs from many honest
/// posts by a word, and a tenth of what is left of such a text is three letters. Thirty letters
/// is also where D3lta stops (`min_size_txt`), so that results can be compared.
pub const MIN_WEIGHT: usize = 30;

/// Makes near keys of many texts one after another without allocating for each.
///
/// The rule, in this order:
///
/// 1. The text is normalised as in [`crate::normalise`] (case, compatibility forms, invisible
///    characters; links, mentions and repost prefixes go).
/// 2. **Hashtags at either end** go, since copies are filed under other tags. A tag that itself
///    weighs as much as a text ([`MIN_WEIGHT`]) stays: where no spaces are written, the sentence
///    may be part of it.
/// 3. Only **letters, digits and the marks of scripts that need them** (Thai, Indic, …) stay: no
///    white space, punctuation or emoji.
/// 4. **Spelling**: accents of Latin, Greek and Cyrillic letters, Hebrew points, Arabic vowel
///    signs and the lengthening stroke go; the forms of Arabic alef, yeh, kaf, heh and waw that
///    keyboards mix (Persian and Urdu ones too) become one; Arabic, Persian and Indic digits
///    become `0` to `9`; `æ œ ø ł đ ı` become plain letters.
///
/// Not folded: look-alike letters of other scripts, traditional and simplified Chinese, hiragana
/// and katakana. One key from two texts means one text as a reader sees it, with rare exceptions
/// that an accent alone tells apart.
#[derive(Clone, Debug, Default)]
pub struct KeyMaker {
    normaliser: Normaliser,
    text: String,
}

impl KeyMaker {
    /// A maker with empty scratch space.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends the near key of `text` to `out` and returns its [`weight`].
    pub fn key_into(&mut self, text: &str, out: &mut String) -> usize {
        let start = out.len();
        self.text.clear();
        self.normaliser.normalise_into(text, &mut self.text);
        fold_into(without_edge_hashtags(&self.text), out);
        weight(&out[start..])
    }
}

/// The near key of one text. Callers with many texts use [`KeyMaker`].
pub fn near_key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    KeyMaker::new().key_into(text, &mut out);
    out
}

/// How much a near key says, in letters: an ideograph, kana or Hangul syllable counts two, as
/// platforms count them against their limits; other letters and digits count one, marks nothing.
pub fn weight(key: &str) -> usize {
    if key.is_ascii() {
        return key.len();
    }
    key.chars().map(char_weight).sum()
}

fn char_weight(c: char) -> usize {
    match u32::from(c) {
        0..=0x7F => 1,
        code if is_dense(code) => 2,
        _ => usize::from(is_alphanumeric(c)),
    }
}

/// Ideographs, kana and Hangul syllables: scripts whose characters say about as much as two or
/// three letters.
fn is_dense(code: u32) -> bool {
    is_ideograph(code) || matches!(code, 0x3041..=0x30FF | 0xAC00..=0xD7A3)
}

pub(super) fn is_ideograph(code: u32) -> bool {
    matches!(code, 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

/// How many characters make one shingle that begins with this character: five letters, three
/// syllables, two ideographs. Fewer and unrelated texts would share too many, more and a single
/// edit would break too many.
pub(super) fn shingle_length(code: u32) -> usize {
    match code {
        code if is_ideograph(code) => 2,
        code if is_dense(code) => 3,
        _ => 5,
    }
}

/// Rule 2.
fn without_edge_hashtags(text: &str) -> &str {
    let Some(first) = text.find('#') else { return text };
    let mut spans = Vec::new();
    for tag in hashtags_in(&text[first..]) {
        // The iterator hands out parts of `text`, so that their places can be told.
        let start = (tag.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        if tag.chars().map(char_weight).sum::<usize>() < MIN_WEIGHT {
            spans.push((start.saturating_sub(1), start + tag.len()));
        }
    }
    let (mut start, mut end) = (0, text.len());
    for &(from, to) in &spans {
        if !text.get(start..from).is_some_and(is_blank) {
            break;
        }
        start = to;
    }
    for &(from, to) in spans.iter().rev() {
        if from < start || !text.get(to..end).is_some_and(is_blank) {
            break;
        }
        end = from;
    }
    text.get(start..end).unwrap_or(text)
}

/// Whether nothing stands there that would stay in a key.
fn is_blank(part: &str) -> bool {
    !part.chars().any(|c| is_alphanumeric(c) || (!c.is_ascii() && is_combining_mark(c)))
}

/// Rules 3 and 4.
fn fold_into(text: &str, out: &mut String) {
    for c in text.chars() {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                out.push(c);
            }
        } else {
            fold_char(c, out);
        }
    }
}

fn fold_char(c: char, out: &mut String) {
    match u32::from(c) {
        0x00C0..=0x024F => decompose_canonical(c, |part| latin(part, out)),
        0x0370..=0x058F | 0x1E00..=0x1FFF => decompose_canonical(c, |part| keep(part, out)),
        0x0590..=0x06FF => decompose_canonical(c, |part| semitic(part, out)),
        0x0966..=0x096F => digit(u32::from(c) - 0x0966, out),
        0x2000..=0x2BFF | 0x1_F000..=0x1_FAFF => {}
        _ => keep(c, out),
    }
}

fn digit(value: u32, out: &mut String) {
    out.extend(char::from_digit(value, 10));
}

fn latin(c: char, out: &mut String) {
    match c {
        'æ' => out.push_str("ae"),
        'œ' => out.push_str("oe"),
        'ø' => out.push('o'),
        'ł' => out.push('l'),
        'đ' => out.push('d'),
        'ı' => out.push('i'),
        _ => keep(c, out),
    }
}

/// Arabic and Hebrew script, decomposed: alef with hamza is alef and a mark by now.
fn semitic(c: char, out: &mut String) {
    match c {
        '\u{0640}' => {}
        'ٱ' => out.push('ا'),
        'ى' | 'ی' | 'ې' | 'ے' => out.push('ي'),
        'ک' | 'ڪ' => out.push('ك'),
        'ة' | 'ہ' | 'ە' | 'ھ' | 'ۃ' => out.push('ه'),
        '\u{0660}'..='\u{0669}' => digit(u32::from(c) - 0x0660, out),
        '\u{06F0}'..='\u{06F9}' => digit(u32::from(c) - 0x06F0, out),
        _ => keep(c, out),
    }
}

/// Appends a letter or digit, or a mark of a script whose words need it.
fn keep(c: char, out: &mut String) {
    let stays = match u32::from(c) {
        // Accents, Cyrillic signs, Hebrew points, Arabic vowel signs, and their supplements.
        0x0300..=0x036F
        | 0x0483..=0x0489
        | 0x0591..=0x05C7
        | 0x0610..=0x061A
        | 0x064B..=0x065F
        | 0x0670
        | 0x06D6..=0x06ED
        | 0x08D3..=0x08FF
        | 0x1AB0..=0x1AFF
        | 0x1DC0..=0x1DFF
        | 0x20D0..=0x20FF
        | 0xFE20..=0xFE2F => false,
        _ => is_alphanumeric(c) || is_combining_mark(c),
    };
    if stays {
        out.push(c);
    }
}
