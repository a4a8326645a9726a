//! Streets, cities and post codes.

use super::text::{folded, signs};

/// Words of streets in one spelling. Abbreviations are those of the postal services' own guides (La
/// Poste, norme NF Z10-011; USPS Publication 28, appendix C1; Deutsche Post, Straßenverzeichnis).
const STREET: &[(&str, &str)] = &[
    ("r", "rue"),
    ("av", "avenue"),
    ("ave", "avenue"),
    ("bd", "boulevard"),
    ("bld", "boulevard"),
    ("blvd", "boulevard"),
    ("boul", "boulevard"),
    ("pl", "place"),
    ("imp", "impasse"),
    ("all", "allee"),
    ("ch", "chemin"),
    ("che", "chemin"),
    ("chem", "chemin"),
    ("rte", "route"),
    ("sq", "square"),
    ("crs", "cours"),
    ("fg", "faubourg"),
    ("fbg", "faubourg"),
    ("res", "residence"),
    ("bat", "batiment"),
    ("apt", "appartement"),
    ("appt", "appartement"),
    ("esc", "escalier"),
    ("str", "strasse"),
    ("st", "street"),
    ("rd", "road"),
    ("dr", "drive"),
    ("ln", "lane"),
    ("ct", "court"),
    ("cct", "circuit"),
    ("cr", "crescent"),
    ("cres", "crescent"),
    ("cl", "close"),
    ("tce", "terrace"),
    ("ter", "terrace"),
    ("pde", "parade"),
    ("hwy", "highway"),
    ("pkwy", "parkway"),
    ("gen", "general"),
    ("gal", "general"),
    ("mal", "marechal"),
    ("pdt", "president"),
    ("dct", "docteur"),
    ("ste", "sainte"),
];

/// Words that some tables write between a street's kind and its name.
const LINKS: &[&str] = &["de", "du", "des", "d", "la", "le", "les", "l"];

/// A street with its number: abbreviations written out, no case, accents, commas or links.
///
/// `St` is *street* at the end and *saint* elsewhere (`12 St John St`). `bis` and letters stay with the
/// number, since they are other houses.
pub(super) fn street(value: &str) -> Option<String> {
    // An apostrophe of French parts (l'Église): it is made a space before it can join.
    let folded = folded(&value.replace(['\'', '’'], " "))?;
    let words: Vec<&str> = folded.split(' ').collect();
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        if LINKS.contains(word) && words.len() > 1 {
            continue;
        }
        let is_last = at + 1 == words.len();
        if *word == "st" && !is_last {
            out.push("saint".to_owned());
        } else {
            out.push(written_out(word));
        }
    }
    if out.is_empty() { Some(folded) } else { Some(out.join(" ")) }
}

fn written_out(word: &str) -> String {
    if let Some((_, long)) = STREET.iter().find(|(short, _)| *short == word) {
        return (*long).to_owned();
    }
    // German writes the kind of the street onto its name: Lindenstr is Lindenstrasse.
    match word.strip_suffix("str") {
        Some(name) if name.len() > 2 => format!("{name}strasse"),
        _ => word.to_owned(),
    }
}

/// A city: no case, accents or hyphens, `st` and `ste` written out, no number of a district or office.
pub(super) fn city(value: &str) -> Option<String> {
    let folded = folded(value)?;
    let mut words: Vec<&str> = Vec::new();
    for word in folded.split(' ') {
        match word {
            "st" => words.push("saint"),
            "ste" => words.push("sainte"),
            "cedex" | "cdx" => break,
            word => words.push(word),
        }
    }
    while words.len() > 1 && words.last().is_some_and(|word| is_office(word)) {
        words.pop();
    }
    if words.is_empty() { Some(folded) } else { Some(words.join(" ")) }
}

/// Whether a word only counts districts: `13`, `3e`, `1er`.
fn is_office(word: &str) -> bool {
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < word.len() && matches!(rest, "" | "e" | "er" | "eme")
}

/// A post code: letters and digits alone. A spreadsheet's fraction is taken away, its lost zeros are not
/// put back, since that needs the country.
pub(super) fn postcode(value: &str) -> Option<String> {
    signs(value.strip_suffix(".0").unwrap_or(value))
}
