//! Languages that are plain from their commonest words.
//!
//! Trigrams of a text against those of forty languages in Latin letters take fifty microseconds
//! however short the text; the commonest words of a clear text take two. Only where a text has many
//! of one language and hardly any of another is it answered here, so that short, mixed and rare ones
//! go the long way. The lists hold words that are common in one language and are not so in others
//! (`die` is left out, which Afrikaans has too); they are written by hand.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::Guess;

const LISTS: [(&str, &str); 7] = [
    (
        "en",
        "the and that with this have from they their which would been were what when there who our \
            you your not are could should about",
    ),
    (
        "fr",
        "les des une dans pour qui avec vous nous cette sont aux leur leurs votre notre été pas est \
            ont sur ces était être même",
    ),
    (
        "de",
        "der und das ist nicht mit sich auf für ein eine einen dem von auch werden wird sie ich wir \
            oder haben hat sind dass wie zum zur ihre",
    ),
    ("es", "el los las y con una pero más su sus del está muy también cuando porque fue son este"),
    ("it", "il di che è non della delle gli nel nella alla anche più sono questo questa dei degli"),
    ("pt", "não uma um os em com dos ao são você também pelo pela seu sua foi muito isso já"),
    ("nl", "het een van niet zijn voor ook maar worden wordt deze door naar dat bij ik je"),
];

/// So many words at the beginning of a text are looked at.
const MOST: usize = 200;
/// At least so many of them are in the list of the language.
const LEAST: u32 = 8;
/// And at least one in so many.
const SHARE: u32 = 8;
/// For so many of them there is at most one in the lists of all others.
const CLEAR: u32 = 8;

/// The language of a normalised text, where its words leave no doubt.
pub(super) fn guess(plain: &str) -> Option<Guess> {
    let known = known();
    let mut counts = [0_u32; LISTS.len()];
    let mut words = 0_u32;
    for word in
        plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(MOST)
    {
        words += 1;
        if let Some(list) = known.get(word) {
            counts[*list] += 1;
        }
    }
    let (best, most) = counts.iter().enumerate().max_by_key(|(_, count)| **count)?;
    let others = counts.iter().sum::<u32>() - most;
    let is_clear = *most >= LEAST && most * SHARE >= words && others * CLEAR <= *most;
    is_clear.then(|| Guess {
        code: LISTS[best].0,
        confidence: 1.0 - f64::from(others) / f64::from(*most),
    })
}

/// The place of the list that each word is in.
fn known() -> &'static BTreeMap<&'static str, usize> {
    static KNOWN: OnceLock<BTreeMap<&str, usize>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let lists = LISTS.iter().enumerate();
        lists
            .flat_map(|(place, (_, list))| list.split_whitespace().map(move |word| (word, place)))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_in_two_lists() {
        let all: usize = LISTS.iter().map(|(_, list)| list.split_whitespace().count()).sum();
        assert_eq!(known().len(), all);
    }

    #[test]
    fn clear_texts_are_answered_and_others_are_not() {
        let english = "they know where you live and what you did with the money that they have sent \
                       from the bank and they will come when you are not there";
        let afrikaans = "die man het nie geweet dat die vrou van die dorp na hom toe gekom het nie maar \
                         hy was bly om haar te sien en hulle het oor die weer gepraat";
        let cases = [
            ("English", english.to_owned(), Some("en")),
            ("too short", "they know where you live".to_owned(), None),
            ("no list", afrikaans.to_owned(), None),
            (
                "two languages",
                format!("{english} les abonnés dans une lettre avec votre adresse pour nous"),
                None,
            ),
            ("names and figures", "zqx 17 ".repeat(60), None),
            ("nothing", String::new(), None),
        ];
        for (name, text, expected) in cases {
            assert_eq!(guess(&text).map(|guess| guess.code), expected, "{name}");
        }
    }
}
