//! Post codes: the form that each country's have.

/// The countries whose post codes look like this. Five digits are many countries'.
pub(crate) fn countries(text: &str) -> &'static [&'static str] {
    let bytes = text.as_bytes();
    let digits = bytes.iter().all(u8::is_ascii_digit);
    match bytes.len() {
        4 if digits => &["CH", "AT", "BE", "DK", "NO"],
        5 if digits && !text.starts_with("00") && !text.starts_with("99") => {
            &["FR", "DE", "ES", "IT", "US"]
        }
        6 if digits => &["RU", "IN", "CN"],
        10 if digits && !bytes.contains(&b'0') => &["IR"],
        10 if digits => &[],
        11 if fits(bytes, "99999-99999") => &["IR"],
        10 if fits(bytes, "99999-9999") => &["US"],
        6 if fits(bytes, "99-999") => &["PL"],
        8 if fits(bytes, "9999-999") => &["PT"],
        6 if fits(bytes, "999 99") => &["SE", "CZ"],
        7 if fits(bytes, "9999 AA") => &["NL"],
        6 if fits(bytes, "9999AA") => &["NL"],
        7 if fits(bytes, "A9A 9A9") => &["CA"],
        5..=8 if is_british(text) => &["GB"],
        _ => &[],
    }
}

/// Names and codes of the countries whose form of post codes is known, made plain.
const NAMES: [(&str, &str); 21] = [
    ("FR", "fr fra france frankreich francia فرانسه"),
    ("DE", "de deu ger germany allemagne deutschland alemania germania آلمان"),
    (
        "GB",
        "gb gbr uk united_kingdom great_britain england scotland wales royaume-uni grossbritannien",
    ),
    ("ES", "es esp spain espagne spanien espana"),
    ("IT", "it ita italy italie italien italia ایتالیا"),
    ("US", "us usa united_states united_states_of_america etats-unis vereinigte_staaten آمریکا"),
    ("CH", "ch che switzerland suisse schweiz svizzera"),
    ("AT", "at aut austria autriche osterreich اتریش"),
    ("BE", "be bel belgium belgique belgien belgie"),
    ("DK", "dk dnk denmark danemark danmark"),
    ("NO", "no nor norway norvege norwegen norge"),
    ("RU", "ru rus russia russie russland روسیه россия"),
    ("IN", "in ind india inde indien هند"),
    ("CN", "cn chn china chine چین"),
    ("IR", "ir irn iran ایران"),
    ("PL", "pl pol poland pologne polen polska"),
    ("PT", "pt prt portugal"),
    ("SE", "se swe sweden suede schweden sverige سوئد"),
    ("CZ", "cz cze czechia czech_republic tchequie tschechien"),
    ("NL", "nl nld netherlands pays-bas niederlande nederland هلند"),
    ("CA", "ca can canada kanada کانادا"),
];

/// The code of a country whose form of post codes is known, from its name or code made plain.
pub(crate) fn country(plain: &str) -> Option<&'static str> {
    let name = plain.replace(' ', "_");
    let is_meant = |names: &str| names.split(' ').any(|known| known == name);
    NAMES.into_iter().find(|(_, names)| is_meant(names)).map(|(code, _)| code)
}

fn fits(bytes: &[u8], pattern: &str) -> bool {
    bytes.len() == pattern.len()
        && bytes.iter().zip(pattern.bytes()).all(|(byte, wanted)| match wanted {
            b'9' => byte.is_ascii_digit(),
            b'A' => byte.is_ascii_alphabetic(),
            mark => *byte == mark,
        })
}

fn is_british(text: &str) -> bool {
    const OUTWARD: [&str; 6] = ["A9", "A99", "A9A", "AA9", "AA99", "AA9A"];
    let Some(split) = text.len().checked_sub(3).filter(|&at| text.is_char_boundary(at)) else {
        return false;
    };
    let (outward, inward) = text.split_at(split);
    fits(inward.as_bytes(), "9AA")
        && OUTWARD.iter().any(|pattern| fits(outward.trim_end().as_bytes(), pattern))
}

/// Whether a French post code belongs to a department.
pub(crate) fn is_french(text: &str) -> bool {
    let department = text.get(..2).and_then(|head| head.parse::<u8>().ok());
    text.len() == 5
        && department
            .is_some_and(|number| (1..=95).contains(&number) || number == 97 || number == 98)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_known_by_name_and_code() {
        for (name, code) in [
            ("france", Some("FR")),
            ("us", Some("US")),
            ("united kingdom", Some("GB")),
            ("ایران", Some("IR")),
            ("senegal", None),
            ("", None),
        ] {
            assert_eq!(country(name), code, "{name}");
        }
        for (code, _) in NAMES {
            assert_eq!(country(&code.to_lowercase()), Some(code));
        }
    }

    #[test]
    fn forms_lead_to_countries() {
        for (text, country) in [
            ("75011", "FR"),
            ("10115", "DE"),
            ("SW1A 1AA", "GB"),
            ("m1 1ae", "GB"),
            ("1193653471", "IR"),
            ("1012 AB", "NL"),
            ("1010", "AT"),
            ("K1A 0B1", "CA"),
        ] {
            assert!(countries(text).contains(&country), "{text}");
        }
        for text in ["123", "hello", "00123", "12 34", "é1AA"] {
            assert!(countries(text).is_empty(), "{text}");
        }
        assert!(is_french("97400") && is_french("20137") && !is_french("96000"));
    }
}
