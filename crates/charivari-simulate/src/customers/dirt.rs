//! What becomes of values that people type and programs convert.

use crate::random::Random;

use super::Customer;
use super::words::plain;

/// What is wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dirt {
    /// Nothing.
    Clean,
    /// The name in capitals.
    Capitals,
    /// All in small letters.
    Small,
    /// Accents left out.
    Bare,
    /// Spaces before or after.
    Spaces,
    /// Two letters swapped in the family name.
    Typo,
    /// UTF-8 that was read as Windows-1252 once.
    Mojibake,
    /// Given name and family name in each other's place.
    Swapped,
}

impl Dirt {
    /// One kind a row; two rows in three are clean.
    pub(super) fn draw(random: &mut Random) -> Self {
        match random.below(1_000) {
            0..=139 => Self::Capitals,
            140..=179 => Self::Small,
            180..=229 => Self::Bare,
            230..=254 => Self::Spaces,
            255..=274 => Self::Typo,
            275..=279 => Self::Mojibake,
            280..=289 => Self::Swapped,
            _ => Self::Clean,
        }
    }
}

/// Makes a row dirty.
pub(super) fn soil(customer: &mut Customer, random: &mut Random, dirt: Dirt) {
    match dirt {
        Dirt::Clean => {}
        Dirt::Capitals => {
            customer.family = customer.family.to_uppercase();
            customer.address.city = customer.address.city.to_uppercase();
        }
        Dirt::Small => {
            customer.given = customer.given.to_lowercase();
            customer.family = customer.family.to_lowercase();
        }
        Dirt::Bare => {
            customer.address.city = bare(&customer.address.city);
            customer.given = bare(&customer.given);
        }
        Dirt::Spaces => {
            customer.family.push(' ');
            customer.address.street.insert(0, ' ');
        }
        Dirt::Typo => customer.family = typo(&customer.family, random),
        Dirt::Mojibake => {
            customer.given = mojibake(&customer.given);
            customer.address.city = mojibake(&customer.address.city);
            customer.address.street = mojibake(&customer.address.street);
        }
        Dirt::Swapped => std::mem::swap(&mut customer.given, &mut customer.family),
    }
}

/// The text without accents; case and spaces stay.
pub(super) fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii() {
            out.push(letter);
            continue;
        }
        let small = plain(&letter.to_string());
        out.push_str(&if letter.is_uppercase() { small.to_uppercase() } else { small });
    }
    out
}

/// Two neighbouring letters swapped, not the first.
pub(super) fn typo(text: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() > 3 {
        let place = 1 + random.index(letters.len() - 2);
        letters.swap(place, place + 1);
    }
    letters.into_iter().collect()
}

/// UTF-8 read as Windows-1252, for the letters of French.
fn mojibake(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        if letter.is_ascii() {
            out.push(letter);
            continue;
        }
        let mut bytes = [0; 4];
        for byte in letter.encode_utf8(&mut bytes).bytes() {
            // Bytes from 0xA0 on are the same letters in both; those below are shown as spaces.
            out.push(if byte < 0xA0 { '\u{A0}' } else { char::from(byte) });
        }
    }
    out
}
