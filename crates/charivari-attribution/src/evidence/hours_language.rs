//! # What it finds
//! Working hours and languages: as documents tell them of an actor, else as usual in the country that
//! a document places it in.
//!
//! # Why it matters
//! A clock and a mother tongue are hard to put away over weeks.
//!
//! # Innocent explanations
//! A clock covers many countries, and people work at night; languages are shared by nations, learnt
//! and translated by machine; errors can be feigned.
//!
//! # Parameters
//! `hours` is an offset such as `utc+03:30`, `language` a code such as `fa`, or `errors-in:fr` for
//! errors that a native would not make. What is only concluded from the country counts half, an
//! offset one hour away a half again.
//!
//! # Source
//! The packs' traits `hours` and `language`; usual offsets and official languages of countries.

use charivari_knowledge::TraitKind;

use super::{Basis, Context, Evidence, Item, MOST, share};
use crate::dossier::Dossier;
use crate::observation::What;
use crate::weigh::Row;

pub(crate) struct HoursLanguage;

/// Countries with their usual offsets in minutes and their languages.
const COUNTRIES: [(&str, &[i32], &[&str]); 16] = [
    ("BY", &[180], &["ru", "be"]),
    ("CN", &[480], &["zh"]),
    ("DE", &[60, 120], &["de"]),
    ("FR", &[60, 120], &["fr"]),
    ("GB", &[0, 60], &["en"]),
    ("IL", &[120, 180], &["he"]),
    ("IN", &[330], &["hi", "en"]),
    ("IR", &[210], &["fa"]),
    ("KP", &[540], &["ko"]),
    ("LB", &[120, 180], &["ar"]),
    ("PK", &[300], &["ur", "en"]),
    ("RU", &[180], &["ru"]),
    ("TR", &[180], &["tr"]),
    ("UA", &[120, 180], &["uk", "ru"]),
    ("US", &[-300, -240, -480, -420], &["en"]),
    ("VN", &[420], &["vi"]),
];

fn is_kind(what: &What) -> bool {
    matches!(what, What::Trait(TraitKind::Hours | TraitKind::Language, _))
}

/// Minutes of `utc+03:30`.
fn offset(text: &str) -> Option<i32> {
    let rest = text.strip_prefix("utc")?;
    let sign = match rest.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, minutes) = rest[1..].split_once(':').unwrap_or((&rest[1..], "0"));
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    ((0..=14).contains(&hours) && (0..60).contains(&minutes))
        .then_some(sign * (hours * 60 + minutes))
}

/// How well a country fits hours or a language, from 0 to 1; nothing where nothing is known of it.
fn fits(row: &Row, code: &str) -> Option<f64> {
    let (_, offsets, languages) = COUNTRIES.iter().find(|(it, ..)| *it == code)?;
    let What::Trait(kind, value) = &row.what else { return None };
    if *kind == TraitKind::Hours {
        let met = offset(value)?;
        let away = offsets.iter().map(|it| (it - met).abs()).min()?;
        return Some(if away == 0 {
            1.0
        } else if away <= 60 {
            0.5
        } else {
            0.0
        });
    }
    if let Some(language) = value.strip_prefix("errors-in:") {
        return Some(f64::from(u8::from(!languages.contains(&language))));
    }
    Some(f64::from(u8::from(languages.contains(&value.as_str()))))
}

/// What the country lets expect of each actor whose own record says nothing.
fn by_country((at, row): (u32, &Row), actors: &[Dossier]) -> Vec<Item> {
    let told = |dossier: &Dossier| {
        let all = dossier
            .countries
            .iter()
            .filter_map(|(code, document)| Some((fits(row, code)?, *document)));
        all.max_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)))
    };
    let found: Vec<(u32, f64, u32)> = actors
        .iter()
        .enumerate()
        .filter_map(|(actor, it)| told(it).map(|(fits, document)| (actor as u32, fits, document)))
        .collect();
    let usual = (found.iter().map(|it| it.1).sum::<f64>() + 0.5) / (found.len() as f64 + 1.0);
    let item = |(actor, fits, document): (u32, f64, u32)| {
        let value = ((0.5 * fits + 0.5 * usual) / usual).ln().clamp(-MOST, MOST) * 0.5;
        Item { row: Some(at), actor, value, basis: Basis::Country(document) }
    };
    found.into_iter().map(item).collect()
}

impl Evidence for HoursLanguage {
    fn id(&self) -> &'static str {
        "hours-language"
    }
    fn title(&self) -> &'static str {
        "hours and language"
    }
    fn spoof(&self) -> f64 {
        0.3
    }
    fn innocent(&self) -> &'static [&'static str] {
        &[
            "a clock covers many countries, and people work at night",
            "languages are learnt, translated and feigned",
        ]
    }
    fn takes(&self, what: &What) -> bool {
        is_kind(what)
    }
    fn items(&self, seen: &Context<'_>) -> Vec<Item> {
        let mut items = share::by_trait(seen.dossiers, seen.rows, is_kind, share::equal);
        for row in share::rows(seen.rows, is_kind) {
            let known: Vec<u32> =
                items.iter().filter(|it| it.row == Some(row.0)).map(|it| it.actor).collect();
            let by = by_country(row, &seen.dossiers.actors);
            items.extend(by.into_iter().filter(|it| !known.contains(&it.actor)));
        }
        items
    }
}

#[cfg(test)]
mod tests {
    use super::offset;

    #[test]
    fn offsets_are_read_and_what_is_none_says_nothing() {
        for (text, expected) in [
            ("utc+03:30", Some(210)),
            ("utc-5", Some(-300)),
            ("utc+00:00", Some(0)),
            ("utc+15", None),
            ("utc+03:60", None),
            ("gmt+1", None),
            ("utc", None),
            ("utc+é", None),
        ] {
            assert_eq!(offset(text), expected, "{text}");
        }
    }
}
