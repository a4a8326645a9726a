//! Case, compatibility forms, invisible characters and white space: the part of normalisation
//! that looks at single characters.
//!
//! The exact rule, in this order:
//!
//! 1. Unicode normalisation form KC (UAX #15), which also turns full-width letters and signs
//!    into their usual forms;
//! 2. default-ignorable characters (zero-width, bidirectional controls, variation selectors) and
//!    control characters that are not white space are dropped;
//! 3. full lower case (`char::to_lowercase`, independent of context and language); in addition
//!    final sigma becomes sigma and `ß` becomes `ss`, so that shouting does not make a text new;
//! 4. normalisation form KC once more, because dropping and lowering can bring marks together;
//! 5. each run of white space becomes one space; none is left at either end.
//!
//! Most text needs none of this, character by character. [`class`] names the characters that the
//! rule leaves as they are, so that runs of them are copied at once; only the short stretches in
//! between take the slow path. A test checks the classes against the rule for every character.

use unicode_normalization::UnicodeNormalization;

use crate::chars::{char_at, is_default_ignorable};

/// What the folding rule does with a character.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Class {
    /// Stays as it is (ASCII letters are lowered in bulk afterwards).
    Copy,
    /// A combining mark that stays as it is beside characters of the other classes above and
    /// below, but may change places with other marks.
    Mark,
    /// Becomes what [`lower`] says, whatever stands before it.
    Lower,
    /// White space other than U+0020.
    Space,
    /// Disappears.
    Drop,
    /// Anything else: the whole rule is applied.
    Slow,
}

impl Class {
    /// Whether the character may join or change places with what stands before it.
    fn attaches(self) -> bool {
        matches!(self, Self::Mark | Self::Slow)
    }
}

/// Appends the folded text to `out`; white space is collapsed, and none is at either end of
/// what is appended.
pub(crate) fn fold_into(text: &str, out: &mut String) {
    let mut fold = Fold { start: out.len(), after_space: true, out };
    fold.run(text);
    let end = fold.out.strip_suffix(' ').map_or(fold.out.len(), str::len);
    if end >= fold.start {
        let Fold { out, .. } = fold;
        out.truncate(end);
    }
}

struct Fold<'a> {
    out: &'a mut String,
    /// Where our part of `out` begins.
    start: usize,
    /// Whether a further space would be superfluous: after a space, and at the start.
    after_space: bool,
}

impl Fold<'_> {
    fn run(&mut self, text: &str) {
        let mut at = 0;
        while at < text.len() {
            at = self.step(text, at);
        }
    }

    /// Handles one run of unchanged characters and whatever ends it; returns where to go on.
    fn step(&mut self, text: &str, from: usize) -> usize {
        let (end, last, class) = self.plain_run(text, from);
        let Some(c) = char_at(text, end) else {
            self.copy(&text[from..end]);
            return end;
        };
        let next = end + c.len_utf8();
        match class {
            Class::Space => {
                self.copy(&text[from..end]);
                self.space();
                next
            }
            Class::Drop => {
                let after = skip_dropped(text, next);
                if class_at(text, after).attaches() {
                    return self.slow(text, from, last);
                }
                self.copy(&text[from..end]);
                after
            }
            Class::Lower if !class_at(text, next).attaches() && !joins(text, next) => {
                self.copy(&text[from..end]);
                lower(c, |c| self.out.push(c));
                self.after_space = false;
                next
            }
            Class::Lower => self.slow(text, from, end),
            Class::Copy | Class::Mark | Class::Slow => self.slow(text, from, last),
        }
    }

    /// The end of the run of characters to copy that begins at `from`, where the last of them
    /// begins, and the class of what follows. A second space in a row ends the run.
    fn plain_run(&mut self, text: &str, from: usize) -> (usize, usize, Class) {
        let bytes = text.as_bytes();
        let (mut at, mut last, mut after_space) = (from, from, self.after_space);
        let mut ended_by = Class::Space;
        while let Some(&byte) = bytes.get(at) {
            let is_space = byte == b' ';
            if is_space && after_space {
                break;
            }
            let mut width = 1;
            if !matches!(byte, 0x20..=0x7E) {
                let Some(c) = char_at(text, at) else { break };
                let class = class(c);
                let marks =
                    if class == Class::Mark && at > from { marks_end(text, at) } else { None };
                if class != Class::Copy && marks.is_none() {
                    ended_by = class;
                    break;
                }
                width = marks.map_or(c.len_utf8(), |end| end - at);
            }
            after_space = is_space;
            last = at;
            at += width;
        }
        self.after_space = after_space;
        (at, last, ended_by)
    }

    fn copy(&mut self, run: &str) {
        let from = self.out.len();
        self.out.push_str(run);
        self.out[from..].make_ascii_lowercase();
    }

    fn space(&mut self) {
        if !self.after_space {
            self.out.push(' ');
            self.after_space = true;
        }
    }

    /// Copies `from..begin` and applies the whole rule from `begin` (a character before which
    /// normalisation never joins) as far as the next such character.
    fn slow(&mut self, text: &str, from: usize, begin: usize) -> usize {
        self.copy(&text[from..begin]);
        let mut end = begin + char_at(text, begin).map_or(0, char::len_utf8);
        while let Some(c) = char_at(text, end) {
            if !class(c).attaches() && class(c) != Class::Drop {
                break;
            }
            end += c.len_utf8();
        }
        self.after_space = self.out.len() == self.start || self.out.ends_with(' ');
        for c in folded(&text[begin..end]) {
            if c.is_whitespace() {
                self.space();
            } else {
                self.out.push(c);
                self.after_space = false;
            }
        }
        end
    }
}

/// Steps 1 to 4 of the rule, without any short cut.
fn folded(text: &str) -> impl Iterator<Item = char> {
    text.nfkc()
        .filter(|&c| !is_dropped(c))
        .flat_map(Lowered::new)
        .nfkc()
        .filter(|&c| !is_dropped(c))
}

fn is_dropped(c: char) -> bool {
    is_default_ignorable(c) || (c.is_control() && !c.is_whitespace())
}

/// Whether invisible characters and then one that may join the character before them follow.
fn joins(text: &str, at: usize) -> bool {
    class_at(text, at) == Class::Drop && class_at(text, skip_dropped(text, at)).attaches()
}

/// Whether all that folding makes of the character passes the test. Most characters become one
/// of their own kind, so that nothing is computed for them.
pub(crate) fn folds_to(c: char, test: impl Fn(char) -> bool) -> bool {
    match class(c) {
        Class::Copy | Class::Mark => test(c),
        _ => folded(c.encode_utf8(&mut [0; 4])).all(test),
    }
}

fn skip_dropped(text: &str, mut at: usize) -> usize {
    while let Some(c) = char_at(text, at).filter(|&c| class(c) == Class::Drop) {
        at += c.len_utf8();
    }
    at
}

fn class_at(text: &str, at: usize) -> Class {
    char_at(text, at).map_or(Class::Space, class)
}

/// Calls `emit` with what the whole rule makes of a character of [`Class::Lower`].
fn lower(c: char, mut emit: impl FnMut(char)) {
    match c {
        'А'..='Я' => emit(char::from_u32(u32::from(c) + 0x20).unwrap_or(c)),
        '！'..='～' => {
            emit(char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c).to_ascii_lowercase());
        }
        '…' => (0..3).for_each(|_| emit('.')),
        'ำ' => ['\u{E4D}', '\u{E32}'].into_iter().for_each(emit),
        _ => Lowered::new(c).for_each(emit),
    }
}

/// The lower-case form of one character, as an iterator.
enum Lowered {
    Sharp(u8),
    One(Option<char>),
    Full(std::char::ToLowercase),
}

impl Lowered {
    fn new(c: char) -> Self {
        match c {
            'ß' | 'ẞ' => Self::Sharp(2),
            'ς' => Self::One(Some('σ')),
            _ if c.is_ascii() => Self::One(Some(c.to_ascii_lowercase())),
            _ => Self::Full(c.to_lowercase()),
        }
    }
}

impl Iterator for Lowered {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        match self {
            Self::Sharp(0) => None,
            Self::Sharp(left) => {
                *left -= 1;
                Some('s')
            }
            Self::One(c) => c.take(),
            Self::Full(lower) => lower.next(),
        }
    }
}

/// The class of a character. [`Class::Copy`] and [`Class::Lower`] promise that normalisation
/// never changes the character nor joins it with what stands before it.
fn class(c: char) -> Class {
    match u32::from(c) {
        0x20..=0x7E => Class::Copy,
        0x09..=0x0D | 0x85 | 0xA0 | 0x2000..=0x200A | 0x2028..=0x2029 | 0x202F | 0x3000 => {
            Class::Space
        }
        0x00..=0x1F
        | 0x7F..=0x9F
        | 0xAD
        | 0x200B..=0x200F
        | 0x202A..=0x202E
        | 0x2060..=0x206F
        | 0xFE00..=0xFE0F
        | 0xFEFF => Class::Drop,
        code if is_copied(code) => Class::Copy,
        code if is_lowered(code) => Class::Lower,
        code if mark_order(code) > 0 => Class::Mark,
        _ => Class::Slow,
    }
}

/// Letters without case or already lower, and common signs. Not all there are: only what makes
/// up the bulk of posts.
fn is_copied(code: u32) -> bool {
    matches!(code,
        // Latin-1, Cyrillic, Hebrew, Arabic, Persian.
        0xA1..=0xA7 | 0xAB | 0xAC | 0xB0 | 0xB1 | 0xB6 | 0xB7 | 0xBB | 0xBF
        | 0xE0..=0xFF | 0x0430..=0x045F | 0x05D0..=0x05EA | 0x060C | 0x061B | 0x061F
        | 0x0620..=0x064A | 0x0660..=0x066F | 0x0671..=0x0674 | 0x0679..=0x06D5
        | 0x06EE..=0x06FF
        // Devanagari, Thai, Georgian.
        | 0x0904..=0x0928 | 0x092A..=0x0930 | 0x0932..=0x0933 | 0x0935..=0x0939
        | 0x093D..=0x094C | 0x0964..=0x096F | 0x0E01..=0x0E32 | 0x0E34..=0x0E37
        | 0x0E3F..=0x0E47 | 0x0E4C..=0x0E59 | 0x10D0..=0x10FA
        // Punctuation, symbols.
        | 0x2010 | 0x2012..=0x2016 | 0x2018..=0x2023 | 0x2030..=0x2032 | 0x20A9..=0x20BF
        | 0x2190..=0x2199 | 0x25A0..=0x27BF
        // Chinese, Japanese, Korean.
        | 0x3001..=0x3029 | 0x3041..=0x3096 | 0x30A1..=0x30FE | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF | 0xAC00..=0xD7A3
        // Emoji.
        | 0x1_F1E6..=0x1_F1FF | 0x1_F300..=0x1_FAFF)
}

/// Letters of scripts with case, where lower case is all that can change.
fn is_lowered(code: u32) -> bool {
    matches!(code,
        0xC0..=0xDF | 0x0100..=0x0131 | 0x0134..=0x013E | 0x0141..=0x0148 | 0x014A..=0x017E
        | 0x0180..=0x01C3 | 0x0388..=0x03CE | 0x0400..=0x042F | 0x0460..=0x0481
        | 0x048A..=0x052F | 0x1E00..=0x1E99 | 0x1E9E..=0x1EFF
        // Thai sara am, ellipsis and full-width forms, which have usual forms.
        | 0x0E33 | 0x2026 | 0xFF01..=0xFF5E)
}

/// Arabic vowel signs, Devanagari virama, Thai tone marks and low vowels: their combining class
/// (UAX #44), by which normalisation puts neighbours in order; 0 for everything else.
fn mark_order(code: u32) -> u8 {
    match code {
        // 27 to 34, one class for each sign.
        0x064B..=0x0652 => (code - 0x064B) as u8 + 27,
        0x094D | 0x0E3A => 9,
        0x0E38..=0x0E39 => 103,
        0x0E48..=0x0E4B => 107,
        _ => 0,
    }
}

/// The end of the marks at `at` when they stay as they are: they are in order, and what follows
/// joins none of them.
fn marks_end(text: &str, mut at: usize) -> Option<usize> {
    let mut order = 0;
    while let Some(c) = char_at(text, at) {
        match class(c) {
            Class::Mark if mark_order(u32::from(c)) >= order => order = mark_order(u32::from(c)),
            Class::Copy | Class::Lower | Class::Space => break,
            _ => return None,
        }
        at += c.len_utf8();
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::{IsNormalized, char::canonical_combining_class, is_nfkc_quick};

    use super::*;

    fn fold(text: &str) -> String {
        let mut out = String::new();
        fold_into(text, &mut out);
        out
    }

    /// The rule, spelt out on the whole text.
    fn fold_plainly(text: &str) -> String {
        let all: String = folded(text).collect();
        all.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Some characters from each class, so that short random texts mix them.
    fn mixed() -> impl Strategy<Value = String> {
        let any = proptest::char::any();
        let picked = proptest::sample::select(
            "aZ é\u{64b}\u{64e}\u{651}\u{e38}\u{e48}！…ำＡ～\u{301}\u{308}\u{200d}\u{fe0f}각\u{11a8}가ᄀ\u{1161}がか\u{3099}ﷺ½ßẞΣςİı\u{307}\t\u{a0}\u{3000}\u{a8}한ﾊﾞ\u{ff9e}กำ้\u{b}\u{1b}क\u{93c}\u{94d}😀🇫Я\u{306}й"
                .chars()
                .collect::<Vec<_>>(),
        );
        proptest::collection::vec(prop_oneof![1 => any, 4 => picked], 0..24)
            .prop_map(|chars| chars.into_iter().collect())
    }

    #[test]
    fn every_class_keeps_its_promise() {
        for c in '\0'..=char::MAX {
            let class = class(c);
            let lowered: String = Lowered::new(c).collect();
            let lowers_to: String = {
                let mut out = String::new();
                lower(c, |c| out.push(c));
                out
            };
            let unchanged = |c: char| is_nfkc_quick(std::iter::once(c)) == IsNormalized::Yes;
            let starts = |c: char| unchanged(c) && canonical_combining_class(c) == 0;
            let boundary = starts(c) && !is_dropped(c);
            let holds = match class {
                Class::Mark => {
                    unchanged(c)
                        && mark_order(u32::from(c)) == canonical_combining_class(c)
                        && lowered == String::from(c)
                }
                Class::Copy => boundary && (c.is_ascii() || lowered == String::from(c)),
                Class::Lower => {
                    let first = lowers_to.chars().next();
                    first.is_some_and(starts)
                        && folded(&String::from(c)).eq(lowers_to.chars())
                        && !lowers_to.contains(char::is_whitespace)
                }
                Class::Space => c.is_whitespace(),
                Class::Drop => is_dropped(c),
                Class::Slow => true,
            };
            assert!(holds, "{c:?} U+{:04X} is not {class:?}", u32::from(c));
        }
    }

    #[test]
    fn every_character_folds_to_a_fixed_point() {
        for c in '\0'..=char::MAX {
            for text in [String::from(c), format!("a{c}\u{301}"), format!("Σ{c}b")] {
                let once = fold(&text);
                assert_eq!(once, fold_plainly(&text), "{text:?}");
                assert_eq!(fold(&once), once, "{text:?}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn short_cuts_change_nothing(text in mixed()) {
            let once = fold(&text);
            prop_assert_eq!(&once, &fold_plainly(&text));
            prop_assert_eq!(&fold(&once), &once);
        }
    }
}
