//! Numbers that states give to persons, with the check that each carries.

use super::digits;

/// A kind of number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scheme {
    /// The country that gives it, by its code of two letters.
    pub(crate) country: &'static str,
    /// What it is called.
    pub(crate) name: &'static str,
    /// The check, as a reader may repeat it.
    pub(crate) check: &'static str,
    /// How many of random strings of the same form pass.
    pub(crate) by_chance: f64,
    /// Whether a value has its form.
    pub(crate) has_form: fn(&str) -> bool,
    /// Whether a value of its form passes its check.
    pub(crate) passes: fn(&str) -> bool,
}

/// All schemes that are known.
pub(crate) static SCHEMES: [Scheme; 7] = [
    Scheme {
        country: "FR",
        name: "French NIR",
        check: "the key is 97 less the number modulo 97",
        by_chance: 0.01,
        has_form: nir_form,
        passes: nir,
    },
    Scheme {
        country: "DE",
        name: "German tax identifier",
        check: "ISO 7064 mod 11,10 and the rule of repeated digits",
        by_chance: 0.06,
        has_form: steuer_form,
        passes: steuer,
    },
    Scheme {
        country: "ES",
        name: "Spanish DNI or NIE",
        check: "the letter follows from the number modulo 23",
        by_chance: 0.04,
        has_form: dni_form,
        passes: dni,
    },
    Scheme {
        country: "IT",
        name: "Italian codice fiscale",
        check: "the last letter follows from the other fifteen signs",
        by_chance: 0.04,
        has_form: fiscale_form,
        passes: fiscale,
    },
    Scheme {
        country: "US",
        name: "US social security number",
        check: "no area 000, 666 or 9xx, no group 00, no serial 0000",
        by_chance: 0.89,
        has_form: ssn_form,
        passes: ssn,
    },
    Scheme {
        country: "GB",
        name: "UK national insurance number",
        check: "prefixes that are not given out",
        by_chance: 0.6,
        has_form: nino_form,
        passes: nino,
    },
    Scheme {
        country: "IR",
        name: "Iranian national code",
        check: "the last digit follows from the others modulo 11",
        by_chance: 0.09,
        has_form: iran_form,
        passes: iran,
    },
];

fn compact(text: &str) -> Vec<u8> {
    text.bytes()
        .filter(|byte| byte.is_ascii_alphanumeric())
        .map(|byte| byte.to_ascii_uppercase())
        .collect()
}

/// Whether the letters and digits stand as in `pattern`: `9` a digit, `A` a letter, `*` either.
fn fits(bytes: &[u8], pattern: &str) -> bool {
    bytes.len() == pattern.len()
        && bytes.iter().zip(pattern.bytes()).all(|(byte, wanted)| match wanted {
            b'9' => byte.is_ascii_digit(),
            b'A' => byte.is_ascii_alphabetic(),
            _ => byte.is_ascii_alphanumeric(),
        })
}

fn value(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .filter(|byte| byte.is_ascii_digit())
        .fold(0, |sum, byte| sum * 10 + u64::from(byte - b'0'))
}

fn has_only(text: &str, marks: &str) -> bool {
    text.len() <= 24 && text.chars().all(|c| c.is_ascii_alphanumeric() || marks.contains(c))
}

fn nir_form(text: &str) -> bool {
    let all = compact(text);
    let corsican = all.get(5) == Some(&b'2') && matches!(all.get(6), Some(b'A' | b'B'));
    let digits = fits(&all, "999999999999999") || (corsican && fits(&all, "999999A99999999"));
    let month = all.get(3..5).map_or(0, value);
    let month = (1..=12).contains(&month) || (20..=42).contains(&month) || month >= 50;
    digits && month && has_only(text, " -.") && matches!(all[0], b'1'..=b'4' | b'7' | b'8')
}

fn nir(text: &str) -> bool {
    let mut all = compact(text);
    let Some(letter) = all.get_mut(6) else { return false };
    // Corsica's departments count as 19 and 18.
    match *letter {
        b'A' => (all[5], all[6]) = (b'1', b'9'),
        b'B' => (all[5], all[6]) = (b'1', b'8'),
        _ => {}
    }
    all.len() == 15 && value(&all[13..]) == 97 - value(&all[..13]) % 97
}

fn steuer_form(text: &str) -> bool {
    let all = compact(text);
    fits(&all, "99999999999") && all[0] != b'0' && has_only(text, " ")
}

fn steuer(text: &str) -> bool {
    let Some((all, 11)) = digits(text) else { return false };
    let mut counts = [0_u8; 10];
    all[..10].iter().for_each(|&digit| counts[usize::from(digit)] += 1);
    let repeated = counts.iter().filter(|&&count| count > 1).count();
    let product = all[..10].iter().fold(10_u32, |product, &digit| {
        let sum = (u32::from(digit) + product) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    repeated == 1
        && counts.iter().all(|&count| count <= 3)
        && (11 - product) % 10 == u32::from(all[10])
}

fn dni_form(text: &str) -> bool {
    let all = compact(text);
    let foreign = fits(&all, "A9999999A") && matches!(all[0], b'X' | b'Y' | b'Z');
    (fits(&all, "99999999A") || foreign) && has_only(text, "-. ")
}

fn dni(text: &str) -> bool {
    const LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";
    let mut all = compact(text);
    let Some((letter, number)) = all.split_last_mut() else { return false };
    match number.first() {
        Some(b'X') => number[0] = b'0',
        Some(b'Y') => number[0] = b'1',
        Some(b'Z') => number[0] = b'2',
        _ => {}
    }
    LETTERS[(value(number) % 23) as usize] == *letter
}

fn fiscale_form(text: &str) -> bool {
    let all = compact(text);
    fits(&all, "AAAAAA**A**A***A")
        && all.iter().filter(|byte| byte.is_ascii_digit()).count() >= 4
        && has_only(text, " ")
}

fn fiscale(text: &str) -> bool {
    const ODD: [u32; 26] = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24,
        23,
    ];
    let all = compact(text);
    let sum: u32 = all
        .iter()
        .take(15)
        .enumerate()
        .map(|(place, byte)| {
            let rank = if byte.is_ascii_digit() { byte - b'0' } else { byte - b'A' };
            if place % 2 == 0 { ODD[usize::from(rank)] } else { u32::from(rank) }
        })
        .sum();
    all.len() == 16 && u32::from(all[15] - b'A') == sum % 26
}

fn ssn_form(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 11
        && bytes[3] == bytes[6]
        && matches!(bytes[3], b'-' | b' ')
        && fits(&compact(text), "999999999")
}

fn ssn(text: &str) -> bool {
    let all = compact(text);
    let (area, group, serial) = (value(&all[..3]), value(&all[3..5]), value(&all[5..]));
    area != 0 && area != 666 && area < 900 && group != 0 && serial != 0
}

fn nino_form(text: &str) -> bool {
    let all = compact(text);
    fits(&all, "AA999999A") && matches!(all[8], b'A'..=b'D') && has_only(text, " ")
}

fn nino(text: &str) -> bool {
    let all = compact(text);
    let barred = [b"BG", b"GB", b"KN", b"NK", b"NT", b"TN", b"ZZ"];
    !b"DFIQUV".contains(&all[0])
        && !b"DFIOQUV".contains(&all[1])
        && !barred.iter().any(|pair| all.starts_with(*pair))
}

fn iran_form(text: &str) -> bool {
    fits(&compact(text), "9999999999") && has_only(text, "-")
}

fn iran(text: &str) -> bool {
    let Some((all, 10)) = digits(text) else { return false };
    let sum: u32 =
        all[..9].iter().zip((2..=10).rev()).map(|(&digit, weight)| u32::from(digit) * weight).sum();
    let rest = sum % 11;
    let check = if rest < 2 { rest } else { 11 - rest };
    check == u32::from(all[9]) && all[1..10].iter().any(|digit| *digit != all[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_authorities_use_as_examples_pass_and_changed_ones_do_not() {
        let cases = [
            ("FR", "2 55 08 14 168 025 38", "2 55 08 14 168 025 39"),
            ("FR", "1 80 01 2A 004 001 88", "1 80 01 2A 004 001 89"),
            ("DE", "86095742719", "86095742718"),
            ("ES", "12345678Z", "12345678A"),
            ("ES", "X1234567L", "X1234567M"),
            ("IT", "RSSMRA85T10A562S", "RSSMRA85T10A562T"),
            ("US", "219-09-9999", "666-09-9999"),
            ("GB", "AB 12 34 56 C", "BG 12 34 56 C"),
            ("IR", "0013542419", "0013542418"),
        ];
        for (country, right, wrong) in cases {
            let scheme = SCHEMES.iter().find(|scheme| scheme.country == country).unwrap();
            assert!((scheme.has_form)(right) && (scheme.has_form)(wrong), "{country} {right}");
            if country != "FR" || !right.contains("2A") {
                assert!((scheme.passes)(right), "{country} {right}");
            }
            assert!(!(scheme.passes)(wrong), "{country} {wrong}");
        }
    }

    #[test]
    fn corsica_counts_as_19_and_18() {
        for (department, number) in [("2A", 1_800_119_004_001_u64), ("2B", 1_800_118_004_001)] {
            let key = 97 - number % 97;
            assert!(nir(&format!("1 80 01 {department} 004 001 {key:02}")));
        }
    }
}
