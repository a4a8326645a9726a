//! Words of threats and demands, with the places where they stand: reasons, never a mood.
//!
//! The lists are written by hand, one file a language. A hit says that these words stand there, and
//! nothing of what was meant: a report about threats quotes them too.

mod ar;
mod de;
mod en;
mod es;
mod fa;
mod fr;
mod ru;

use std::sync::OnceLock;

use charivari_text::near::KeyMaker;
use serde::Serialize;

/// What words do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// They announce harm.
    Threat,
    /// They announce that something will be made public.
    Exposure,
    /// They say that the reader is known and watched.
    Watched,
    /// They tell the reader what to do.
    Demand,
    /// They ask for money.
    Payment,
    /// They set a time.
    Deadline,
}

/// Words that stand in a message.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct Hit {
    /// What they do.
    pub act: Act,
    /// The language of the list.
    pub language: &'static str,
    /// The entry of the list that fits; words of the message that it does not name are `…`.
    pub words: &'static str,
    /// Where they begin in the text of the message, in bytes.
    pub at: u32,
    /// How many bytes they take.
    pub bytes: u32,
}

/// One list: entries by what they do. In an entry, `*` at the end of a word lets it go on, at its
/// beginning lets something stand before, and `…` stands for up to four words.
type List = &'static [(Act, &'static [&'static str])];

const LISTS: [(&str, List); 7] = [
    ("ar", ar::LIST),
    ("de", de::LIST),
    ("en", en::LIST),
    ("es", es::LIST),
    ("fa", fa::LIST),
    ("fr", fr::LIST),
    ("ru", ru::LIST),
];

/// More hits of one message are not listed; the same words over and over say nothing more.
pub const MAX_HITS: usize = 50;
/// Words that `…` may stand for.
const GAP: usize = 4;

/// The words of threats and demands in a text, in their order.
pub fn hits(text: &str) -> Vec<Hit> {
    let words = words(text);
    let index = index();
    let mut hits: Vec<Hit> = Vec::new();
    for start in 0..words.len() {
        let entries = index.by_start[bucket(&words[start].key)].iter().chain(&index.open);
        for entry in entries {
            let Some(last) = fits(&words, start, &entry.words) else { continue };
            let (at, end) = (words[start].at, words[last].end);
            hits.push(Hit {
                act: entry.act,
                language: entry.language,
                words: entry.shown,
                at: at as u32,
                bytes: (end - at) as u32,
            });
        }
        if hits.len() >= MAX_HITS {
            break;
        }
    }
    hits.sort_by(|a, b| (a.at, a.act, a.words).cmp(&(b.at, b.act, b.words)));
    hits.dedup_by(|b, a| a.act == b.act && b.at < a.at + a.bytes);
    hits.truncate(MAX_HITS);
    hits
}

/// Where an entry ends that begins at a word, if it fits there.
fn fits(words: &[Word], start: usize, entry: &[Pattern]) -> Option<usize> {
    let mut at = start;
    let mut last = start;
    let mut gap = 0;
    for pattern in entry {
        if pattern.form == Form::Gap {
            gap = GAP;
            continue;
        }
        let found = (at..=at + gap)
            .find(|&place| words.get(place).is_some_and(|word| pattern.is(&word.key)))?;
        (last, at, gap) = (found, found + 1, 0);
    }
    Some(last)
}

/// A word of a text, folded.
struct Word {
    key: String,
    at: usize,
    end: usize,
}

/// The words of a text. Apostrophes end a word, since some languages write what is joined with them.
fn words(text: &str) -> Vec<Word> {
    let mut maker = KeyMaker::new();
    let mut words = Vec::new();
    let mut start = None;
    let is_inner = |c: char| {
        c.is_alphanumeric() || matches!(u32::from(c), 0x0300..=0x036F | 0x064B..=0x065F | 0x0670)
    };
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, is_inner(c)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.push(Word { key: folded(&text[from..at], &mut maker), at: from, end: at });
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// A word without case and accents.
fn folded(word: &str, maker: &mut KeyMaker) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut key = String::with_capacity(word.len());
    maker.key_into(word, &mut key);
    key
}

/// How a word of an entry fits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Whole,
    Start,
    End,
    Within,
    Gap,
}

struct Pattern {
    form: Form,
    key: String,
}

impl Pattern {
    fn parse(word: &str, maker: &mut KeyMaker) -> Self {
        let form = match (word.starts_with('*'), word.ends_with('*')) {
            _ if word == "…" => Form::Gap,
            (true, true) => Form::Within,
            (true, false) => Form::End,
            (false, true) => Form::Start,
            (false, false) => Form::Whole,
        };
        Self { form, key: folded(word.trim_matches(['*', '…']), maker) }
    }

    fn is(&self, word: &str) -> bool {
        match self.form {
            Form::Whole => word == self.key,
            Form::Start => word.starts_with(&self.key),
            Form::End => word.ends_with(&self.key),
            Form::Within => word.contains(&self.key),
            Form::Gap => false,
        }
    }
}

struct Entry {
    act: Act,
    language: &'static str,
    shown: &'static str,
    words: Vec<Pattern>,
}

/// All entries by the first two letters with which they can begin: of each bucket a few, most of
/// them of other letters.
struct Index {
    by_start: Vec<Vec<Entry>>,
    /// Entries that can begin with anything.
    open: Vec<Entry>,
}

/// So many buckets; a power of two.
const BUCKETS: usize = 4_096;

/// The bucket of a word, by its first two letters.
fn bucket(word: &str) -> usize {
    let letters = word.chars().take(2);
    letters.fold(0, |sum: usize, c| sum.wrapping_mul(67).wrapping_add(c as usize)) % BUCKETS
}

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut maker = KeyMaker::new();
        let by_start = std::iter::repeat_with(Vec::new).take(BUCKETS).collect();
        let mut index = Index { by_start, open: Vec::new() };
        for (language, list) in LISTS {
            for (act, entries) in list {
                for shown in *entries {
                    let words: Vec<Pattern> =
                        shown.split(' ').map(|word| Pattern::parse(word, &mut maker)).collect();
                    let Some(first) = words.first() else { continue };
                    let open = !matches!(first.form, Form::Whole | Form::Start);
                    let start = bucket(&first.key);
                    let entry = Entry { act: *act, language, shown, words };
                    if open {
                        index.open.push(entry);
                    } else {
                        index.by_start[start].push(entry);
                    }
                }
            }
        }
        index
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_threats_and_demands() {
        use Act::{Deadline, Demand, Exposure, Payment, Threat, Watched};
        let cases: [(&str, &str, &[Act]); 9] = [
            (
                "en",
                "We have all your information. You will vote as we say on Tuesday or we will come after \
                 you. Pay 2 bitcoin within 48 hours, else your data will be published.",
                &[Watched, Demand, Threat, Payment, Deadline, Exposure],
            ),
            (
                "fr",
                "Nous savons où vous habitez. Vous devez payer en bitcoin sous 48 heures, sinon vous \
                 allez le regretter et vos données seront publiées.",
                &[Watched, Payment, Deadline, Threat, Exposure],
            ),
            (
                "de",
                "Wir wissen, wo du wohnst. Sie müssen bis morgen zahlen, sonst werden Sie es bereuen; Ihre \
                 Daten werden veröffentlicht.",
                &[Watched, Deadline, Threat, Exposure],
            ),
            (
                "es",
                "Sabemos dónde vives. Pague en bitcoin en 24 horas o se arrepentirá. Publicaremos tus \
                 datos.",
                &[Watched, Payment, Deadline, Threat, Exposure],
            ),
            (
                "ru",
                "Мы знаем, где ты живёшь. Заплатите в течение 24 часов, иначе пожалеете.",
                &[Watched, Payment, Deadline, Threat],
            ),
            (
                "ar",
                "نحن نعرف أين تسكن. ادفع خلال 24 ساعة وإلا ستندم",
                &[Watched, Payment, Deadline, Threat],
            ),
            (
                "fa",
                "ما می‌دانیم کجا زندگی می‌کنی. پول را پرداخت کن وگرنه پشیمان می‌شوی",
                &[Watched, Payment, Threat],
            ),
            ("honest", "Thank you for your payment. The meeting is on Tuesday at ten.", &[]),
            ("empty", "", &[]),
        ];
        for (name, text, expected) in cases {
            let hits = hits(text);
            for act in expected {
                assert!(hits.iter().any(|hit| hit.act == *act), "{name}: no {act:?} in {hits:?}");
            }
            assert!(!expected.is_empty() || hits.is_empty(), "{name}: {hits:?}");
            for hit in &hits {
                let end = (hit.at + hit.bytes) as usize;
                assert!(text.get(hit.at as usize..end).is_some(), "{name}: {hit:?}");
            }
        }
    }

    #[test]
    fn only_words_of_the_list_are_repeated() {
        let hits = hits("we will come after Zqxmarlo today");
        assert!(!format!("{hits:?}").to_lowercase().contains("zqx"));
    }
}
