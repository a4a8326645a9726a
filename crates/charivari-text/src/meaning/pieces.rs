//! From a text to the pieces of words that a model knows.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Unusable;
use crate::chars::is_alphanumeric;

/// Longer words are no words.
const MOST_CHARS: usize = 100;

/// What an unknown letter costs more than the rarest piece, as in the library that made the files.
const UNKNOWN: f64 = 10.0;

/// Cuts texts into pieces.
///
/// Two kinds of models are read: `WordPiece`, which takes the longest piece that fits, and `Unigram`,
/// which takes the likeliest pieces altogether. Texts come normalised: in Unicode's form KC and in
/// lower case; the tables by which `Unigram` models normalise are form KC but for rare signs.
#[derive(Debug)]
pub(super) struct Pieces {
    vocabulary: HashMap<String, (u32, f64), FixedState>,
    longest: usize,
    unknown: Option<u32>,
    kind: Kind,
    /// Whether marks are taken off letters.
    plain: bool,
    /// Whether punctuation and ideographs stand alone.
    apart: bool,
}

#[derive(Debug, PartialEq)]
enum Kind {
    /// With the sign that begins a piece within a word.
    Longest { inside: String },
    /// With the cost of an unknown letter, as the logarithm of a probability; words begin with ▁.
    Likeliest { unknown: f64 },
}

impl Pieces {
    pub(super) fn read(json: &[u8]) -> Result<Self, Unusable> {
        let file: Value = serde_json::from_slice(json)
            .map_err(|error| Unusable::tokenizer(format!("this is no JSON: {error}")))?;
        let model = &file["model"];
        let mut pieces = Self {
            vocabulary: HashMap::default(),
            longest: 0,
            unknown: None,
            kind: Kind::Likeliest { unknown: 0.0 },
            plain: false,
            apart: false,
        };
        match (model["type"].as_str(), &model["vocab"]) {
            // Files of older libraries do not name the type.
            (Some("WordPiece") | None, Value::Object(vocabulary)) => {
                let named = vocabulary.iter().map(|(piece, id)| (piece.as_str(), id.as_u64(), 0.0));
                pieces.learn(named)?;
                let inside = model["continuing_subword_prefix"].as_str().unwrap_or("##");
                pieces.kind = Kind::Longest { inside: inside.to_owned() };
                let unknown = model["unk_token"].as_str().unwrap_or("[UNK]");
                pieces.unknown = pieces.vocabulary.get(unknown).map(|(id, _)| *id);
            }
            (Some("Unigram"), Value::Array(vocabulary)) => {
                let weighted = vocabulary.iter().zip(0_u64..).map(|(entry, id)| {
                    let score = entry[1].as_f64().unwrap_or(f64::NEG_INFINITY);
                    (entry[0].as_str().unwrap_or_default(), Some(id), score)
                });
                pieces.learn(weighted)?;
                let scores = pieces.vocabulary.values().map(|(_, score)| *score);
                let least = scores.filter(|score| score.is_finite()).fold(0.0, f64::min);
                pieces.kind = Kind::Likeliest { unknown: least - UNKNOWN };
                pieces.unknown = model["unk_id"].as_u64().and_then(|id| u32::try_from(id).ok());
            }
            (other, _) => {
                let met = other.unwrap_or("nothing");
                let why =
                    format!("a vocabulary of the type WordPiece or Unigram is expected, not {met}");
                return Err(Unusable::tokenizer(why));
            }
        }
        pieces.prepare(&file["normalizer"])?;
        pieces.prepare(&file["pre_tokenizer"])?;
        Ok(pieces)
    }

    fn learn<'v>(
        &mut self,
        entries: impl Iterator<Item = (&'v str, Option<u64>, f64)>,
    ) -> Result<(), Unusable> {
        for (piece, id, score) in entries {
            let id = id.and_then(|id| u32::try_from(id).ok());
            let id = id.ok_or_else(|| Unusable::tokenizer("a piece has no number"))?;
            self.longest = self.longest.max(piece.chars().count());
            self.vocabulary.insert(piece.to_owned(), (id, score));
        }
        Ok(())
    }

    /// Notes what a step before the vocabulary does. A step that would change texts in a way that is
    /// not done here is refused: the directions would be those of other words.
    fn prepare(&mut self, step: &Value) -> Result<(), Unusable> {
        let inner = step["normalizers"].as_array().or_else(|| step["pretokenizers"].as_array());
        match step["type"].as_str() {
            // Texts come in form KC, in lower case, with single spaces.
            None
            | Some(
                "Lowercase" | "NFC" | "NFKC" | "NFD" | "NFKD" | "Nmt" | "Precompiled" | "Strip"
                | "Metaspace" | "WhitespaceSplit" | "Prepend",
            ) => {}
            Some("StripAccents") => self.plain = true,
            Some("BertNormalizer") => {
                let lower = step["lowercase"].as_bool().unwrap_or(true);
                self.plain |= step["strip_accents"].as_bool().unwrap_or(lower);
                self.apart |= step["handle_chinese_chars"].as_bool().unwrap_or(true);
            }
            Some("BertPreTokenizer" | "Whitespace" | "Punctuation") => self.apart = true,
            Some("Replace") if is_space(&step["content"]) => {}
            Some("Sequence") => {
                for step in inner.into_iter().flatten() {
                    self.prepare(step)?;
                }
            }
            Some(other) => {
                let why = format!("the step {other} is not known here");
                return Err(Unusable::tokenizer(why));
            }
        }
        Ok(())
    }

    /// One more than the greatest number of a piece.
    pub(super) fn end(&self) -> usize {
        self.vocabulary.values().map(|(id, _)| *id as usize + 1).max().unwrap_or(0)
    }

    /// Calls `each` with the known pieces of a normalised text, at most `most`.
    pub(super) fn cut(&self, text: &str, most: usize, mut each: impl FnMut(u32)) {
        let text: String = if self.plain {
            text.nfd().filter(|sign| !is_combining_mark(*sign)).collect()
        } else {
            text.to_owned()
        };
        let mut left = most;
        let mut take = |piece: u32| {
            if left > 0 && Some(piece) != self.unknown {
                left -= 1;
                each(piece);
            }
        };
        for word in text.split_whitespace() {
            if self.apart {
                word.split_inclusive(stands_alone)
                    .flat_map(|part| {
                        let sign = part.chars().next_back().filter(|sign| stands_alone(*sign));
                        let at = part.len() - sign.map_or(0, char::len_utf8);
                        [&part[..at], &part[at..]]
                    })
                    .filter(|part| !part.is_empty())
                    .for_each(|part| self.word(part, &mut take));
            } else {
                self.word(word, &mut take);
            }
        }
    }

    fn word(&self, word: &str, take: &mut impl FnMut(u32)) {
        if word.chars().count() > MOST_CHARS {
            return;
        }
        match &self.kind {
            Kind::Longest { inside } => self.longest(word, inside, take),
            Kind::Likeliest { unknown } => self.likeliest(&format!("▁{word}"), *unknown, take),
        }
    }

    /// The longest piece that fits, again and again; a word that does not come out even is unknown.
    fn longest(&self, word: &str, inside: &str, take: &mut impl FnMut(u32)) {
        let (mut found, mut from) = (Vec::new(), 0);
        let mut piece = String::new();
        while from < word.len() {
            let ends = word[from..].char_indices().map(|(at, sign)| from + at + sign.len_utf8());
            let ends: Vec<usize> = ends.collect();
            let fits = ends.into_iter().rev().find_map(|end| {
                piece.clear();
                piece.push_str(if from == 0 { "" } else { inside });
                piece.push_str(&word[from..end]);
                Some((self.vocabulary.get(&piece)?.0, end))
            });
            let Some((id, end)) = fits else { return };
            found.push(id);
            from = end;
        }
        found.into_iter().for_each(take);
    }

    /// The likeliest way of cutting a word (Viterbi); unknown letters are left out.
    fn likeliest(&self, word: &str, unknown: f64, take: &mut impl FnMut(u32)) {
        let mut bounds: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
        bounds.push(word.len());
        // For each bound the best score up to it, where its last piece begins, and which it is.
        let mut best = vec![(f64::NEG_INFINITY, 0, None); bounds.len()];
        best[0].0 = 0.0;
        for end in 1..bounds.len() {
            for from in end.saturating_sub(self.longest.max(1))..end {
                let known = self.vocabulary.get(&word[bounds[from]..bounds[end]]);
                let (id, score) = match known {
                    Some((id, score)) => (Some(*id), *score),
                    None if from + 1 == end => (None, unknown),
                    None => continue,
                };
                if best[from].0 + score > best[end].0 {
                    best[end] = (best[from].0 + score, from, id);
                }
            }
        }
        let (mut found, mut at) = (Vec::new(), bounds.len() - 1);
        while at > 0 {
            found.extend(best[at].2);
            at = best[at].1;
        }
        found.into_iter().rev().for_each(take);
    }
}

/// Whether a step puts spaces in, or takes spaces together.
fn is_space(content: &Value) -> bool {
    content.as_str().is_some_and(|content| content.trim_matches([' ', '▁']).is_empty())
}

/// Whether a sign is a word of its own: punctuation, symbols and ideographs.
fn stands_alone(sign: char) -> bool {
    matches!(sign, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{2FA1F}')
        || !is_alphanumeric(sign) && !is_combining_mark(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(tokenizer: &str, text: &str) -> Vec<u32> {
        let mut found = Vec::new();
        Pieces::read(tokenizer.as_bytes()).unwrap().cut(text, 512, |piece| found.push(piece));
        found
    }

    #[test]
    fn wordpiece_takes_the_longest_piece_that_fits() {
        let tokenizer = r###"{"normalizer": {"type": "BertNormalizer", "lowercase": true},
            "pre_tokenizer": {"type": "BertPreTokenizer"},
            "model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab":
                {"[UNK]": 0, "ket": 1, "##tle": 2, "kettle": 3, "sings": 4, "!": 5, "##s": 6, "水": 7}}}"###;
        for (text, expected) in [
            ("kettle sings!", vec![3, 4, 5]),
            ("kettles", vec![3, 6]),
            ("këttle", vec![3]),
            ("pan sings", vec![4]),
            ("kettlex", vec![]),
            ("水水", vec![7, 7]),
            ("", vec![]),
        ] {
            assert_eq!(cut(tokenizer, text), expected, "{text}");
        }
    }

    #[test]
    fn unigram_takes_the_likeliest_pieces() {
        let tokenizer = r#"{"normalizer": {"type": "Sequence", "normalizers": [
                {"type": "Precompiled"}, {"type": "Replace", "content": " "}]},
            "pre_tokenizer": {"type": "Metaspace"},
            "model": {"type": "Unigram", "unk_id": 0, "vocab": [["<unk>", 0.0], ["▁ket", -3.0],
                ["tle", -3.0], ["▁kettle", -7.0], ["▁", -4.0], ["к", -2.0]]}}"#;
        for (text, expected) in
            [("kettle", vec![1, 2]), ("к", vec![4, 5]), ("кzк", vec![4, 5, 5]), ("", vec![])]
        {
            assert_eq!(cut(tokenizer, text), expected, "{text}");
        }
    }

    #[test]
    fn tokenizers_that_would_give_other_words_are_refused() {
        for (name, tokenizer) in [
            ("no JSON", "kettle"),
            ("another model", r#"{"model": {"type": "BPE", "vocab": {}}}"#),
            (
                "a step unknown here",
                r#"{"model": {"type": "WordPiece", "vocab": {}}, "pre_tokenizer": {"type": "ByteLevel"}}"#,
            ),
            (
                "a step that changes letters",
                r#"{"model": {"type": "WordPiece", "vocab": {}}, "normalizer": {"type": "Replace", "content": "x"}}"#,
            ),
            (
                "a piece without a number",
                r#"{"model": {"type": "WordPiece", "vocab": {"a": "b"}}}"#,
            ),
        ] {
            assert!(Pieces::read(tokenizer.as_bytes()).is_err(), "{name}");
        }
    }
}
