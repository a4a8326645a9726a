//! Where the records are: French départements by post code, and countries.

/// Départements, by code, with their names.
pub const DEPARTMENTS: [(&str, &str); 101] = [
    ("01", "Ain"),
    ("02", "Aisne"),
    ("03", "Allier"),
    ("04", "Alpes-de-Haute-Provence"),
    ("05", "Hautes-Alpes"),
    ("06", "Alpes-Maritimes"),
    ("07", "Ardèche"),
    ("08", "Ardennes"),
    ("09", "Ariège"),
    ("10", "Aube"),
    ("11", "Aude"),
    ("12", "Aveyron"),
    ("13", "Bouches-du-Rhône"),
    ("14", "Calvados"),
    ("15", "Cantal"),
    ("16", "Charente"),
    ("17", "Charente-Maritime"),
    ("18", "Cher"),
    ("19", "Corrèze"),
    ("21", "Côte-d'Or"),
    ("22", "Côtes-d'Armor"),
    ("23", "Creuse"),
    ("24", "Dordogne"),
    ("25", "Doubs"),
    ("26", "Drôme"),
    ("27", "Eure"),
    ("28", "Eure-et-Loir"),
    ("29", "Finistère"),
    ("2A", "Corse-du-Sud"),
    ("2B", "Haute-Corse"),
    ("30", "Gard"),
    ("31", "Haute-Garonne"),
    ("32", "Gers"),
    ("33", "Gironde"),
    ("34", "Hérault"),
    ("35", "Ille-et-Vilaine"),
    ("36", "Indre"),
    ("37", "Indre-et-Loire"),
    ("38", "Isère"),
    ("39", "Jura"),
    ("40", "Landes"),
    ("41", "Loir-et-Cher"),
    ("42", "Loire"),
    ("43", "Haute-Loire"),
    ("44", "Loire-Atlantique"),
    ("45", "Loiret"),
    ("46", "Lot"),
    ("47", "Lot-et-Garonne"),
    ("48", "Lozère"),
    ("49", "Maine-et-Loire"),
    ("50", "Manche"),
    ("51", "Marne"),
    ("52", "Haute-Marne"),
    ("53", "Mayenne"),
    ("54", "Meurthe-et-Moselle"),
    ("55", "Meuse"),
    ("56", "Morbihan"),
    ("57", "Moselle"),
    ("58", "Nièvre"),
    ("59", "Nord"),
    ("60", "Oise"),
    ("61", "Orne"),
    ("62", "Pas-de-Calais"),
    ("63", "Puy-de-Dôme"),
    ("64", "Pyrénées-Atlantiques"),
    ("65", "Hautes-Pyrénées"),
    ("66", "Pyrénées-Orientales"),
    ("67", "Bas-Rhin"),
    ("68", "Haut-Rhin"),
    ("69", "Rhône"),
    ("70", "Haute-Saône"),
    ("71", "Saône-et-Loire"),
    ("72", "Sarthe"),
    ("73", "Savoie"),
    ("74", "Haute-Savoie"),
    ("75", "Paris"),
    ("76", "Seine-Maritime"),
    ("77", "Seine-et-Marne"),
    ("78", "Yvelines"),
    ("79", "Deux-Sèvres"),
    ("80", "Somme"),
    ("81", "Tarn"),
    ("82", "Tarn-et-Garonne"),
    ("83", "Var"),
    ("84", "Vaucluse"),
    ("85", "Vendée"),
    ("86", "Vienne"),
    ("87", "Haute-Vienne"),
    ("88", "Vosges"),
    ("89", "Yonne"),
    ("90", "Territoire de Belfort"),
    ("91", "Essonne"),
    ("92", "Hauts-de-Seine"),
    ("93", "Seine-Saint-Denis"),
    ("94", "Val-de-Marne"),
    ("95", "Val-d'Oise"),
    ("971", "Guadeloupe"),
    ("972", "Martinique"),
    ("973", "Guyane"),
    ("974", "La Réunion"),
    ("976", "Mayotte"),
];

/// Countries that have a name here: code, name, and other spellings in small letters.
const NAMED: [(&str, &str, &[&str]); 47] = [
    ("AE", "United Arab Emirates", &["émirats arabes unis"]),
    ("AF", "Afghanistan", &[]),
    ("AT", "Austria", &["autriche", "österreich"]),
    ("AU", "Australia", &["australie"]),
    ("BE", "Belgium", &["belgique", "belgië", "belgien"]),
    ("BR", "Brazil", &["brésil"]),
    ("BY", "Belarus", &["biélorussie"]),
    ("CA", "Canada", &[]),
    ("CH", "Switzerland", &["suisse", "schweiz"]),
    ("CN", "China", &["chine"]),
    ("CZ", "Czechia", &["tchéquie"]),
    ("DE", "Germany", &["allemagne", "deutschland"]),
    ("DK", "Denmark", &["danemark"]),
    ("DZ", "Algeria", &["algérie"]),
    ("EG", "Egypt", &["égypte"]),
    ("ES", "Spain", &["espagne", "españa"]),
    ("FI", "Finland", &["finlande"]),
    ("FR", "France", &["frankreich", "france métropolitaine", "fra"]),
    ("GB", "United Kingdom", &["royaume-uni", "uk", "great britain", "angleterre"]),
    ("GR", "Greece", &["grèce"]),
    ("HU", "Hungary", &["hongrie"]),
    ("IE", "Ireland", &["irlande"]),
    ("IL", "Israel", &["israël"]),
    ("IN", "India", &["inde"]),
    ("IQ", "Iraq", &["irak"]),
    ("IR", "Iran", &["islamic republic of iran"]),
    ("IT", "Italy", &["italie", "italia"]),
    ("JP", "Japan", &["japon"]),
    ("LB", "Lebanon", &["liban"]),
    ("LU", "Luxembourg", &[]),
    ("MA", "Morocco", &["maroc"]),
    ("MC", "Monaco", &[]),
    ("NL", "Netherlands", &["pays-bas"]),
    ("NO", "Norway", &["norvège"]),
    ("PK", "Pakistan", &[]),
    ("PL", "Poland", &["pologne"]),
    ("PT", "Portugal", &[]),
    ("RO", "Romania", &["roumanie"]),
    ("RU", "Russia", &["russie", "russian federation"]),
    ("SA", "Saudi Arabia", &["arabie saoudite"]),
    ("SE", "Sweden", &["suède"]),
    ("SN", "Senegal", &["sénégal"]),
    ("SY", "Syria", &["syrie"]),
    ("TN", "Tunisia", &["tunisie"]),
    ("TR", "Türkiye", &["turkey", "turquie"]),
    ("UA", "Ukraine", &[]),
    ("US", "United States", &["états-unis", "usa", "etats-unis"]),
];

/// All codes of ISO 3166-1 that have no name here.
const CODES: &str = "AD AG AI AL AM AO AQ AR AS AW AX AZ BA BB BD BF BG BH BI BJ BL BM BN BO BQ BS BT BV \
    BW BZ CC CD CF CG CI CK CL CM CO CR CU CV CW CX CY DJ DM DO EC EE EH ER ET FJ FK FM FO GA GD GE GF \
    GG GH GI GL GM GN GP GQ GS GT GU GW GY HK HM HN HR HT ID IM IO IS JE JM JO KE KG KH KI KM KN KP KR \
    KW KY KZ LA LC LI LK LR LS LT LV LY MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ \
    NA NC NE NF NG NI NP NR NU NZ OM PA PE PF PG PH PM PN PR PS PW PY QA RE RS RW SB SC SD SG SH SI SJ \
    SK SL SM SO SR SS ST SV SX SZ TC TD TF TG TH TJ TK TL TM TO TT TV TW TZ UG UM UY UZ VA VC VE VG VI \
    VN VU WF WS YE YT ZA ZM ZW";

/// Where one record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// A département, by its place in [`DEPARTMENTS`].
    Department(u16),
    /// A country other than France, by its two letters.
    Country([u8; 2]),
    /// In France, by a post code of no département.
    France,
    /// The country is none that is known, or there is nothing.
    Unknown,
}

/// The code of a country's name or code.
pub fn country(text: &str) -> Option<[u8; 2]> {
    let text = text.trim();
    let code = |code: &str| <[u8; 2]>::try_from(code.as_bytes()).ok();
    if text.len() == 2 {
        let upper = text.to_ascii_uppercase();
        let known = NAMED.iter().any(|(named, ..)| *named == upper)
            || CODES.split_ascii_whitespace().any(|known| known == upper);
        return if known { code(&upper) } else { code("GB").filter(|_| upper == "UK") };
    }
    let small = text.to_lowercase();
    let found = NAMED
        .iter()
        .find(|(_, name, others)| name.to_lowercase() == small || others.contains(&small.as_str()));
    found.and_then(|(named, ..)| code(named))
}

/// The name of a country, or its code.
pub fn country_name(code: [u8; 2]) -> String {
    let text = String::from_utf8_lossy(&code).into_owned();
    let named = NAMED.iter().find(|(named, ..)| *named == text);
    named.map_or(text, |(_, name, _)| (*name).to_owned())
}

/// Where a record is, by its country and post code; `home` where it states no country.
pub(super) fn place(stated: &str, postcode: &str, home: Option<[u8; 2]>) -> Place {
    let found = if stated.is_empty() { home } else { country(stated) };
    match found {
        Some(code) if code == *b"FR" => {
            department(postcode).map_or(Place::France, Place::Department)
        }
        Some(code) => Place::Country(code),
        None => Place::Unknown,
    }
}

/// The département of a French post code. Corsica's codes tell the halves apart by their third
/// digit; a leading zero that a spreadsheet took away is put back.
fn department(postcode: &str) -> Option<u16> {
    let digits: String = postcode.chars().filter(char::is_ascii_digit).collect();
    let digits = if digits.len() == 4 { format!("0{digits}") } else { digits };
    if digits.len() != 5 {
        return None;
    }
    let code = match &digits[..2] {
        "20" if matches!(&digits[2..3], "0" | "1") => "2A",
        "20" => "2B",
        "97" => &digits[..3],
        two => two,
    };
    let place = DEPARTMENTS.iter().position(|(known, _)| *known == code)?;
    u16::try_from(place).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn post_codes_lead_to_departments() {
        for (postcode, expected) in [
            ("75011", Some("75")),
            ("20090", Some("2A")),
            ("20137", Some("2A")),
            ("20200", Some("2B")),
            ("97110", Some("971")),
            ("1000", Some("01")),
            ("01 000", Some("01")),
            ("20", None),
            ("98000", None),
            ("99123", None),
            ("", None),
            ("abcde", None),
        ] {
            let found = department(postcode).map(|place| DEPARTMENTS[place as usize].0);
            assert_eq!(found, expected, "{postcode}");
        }
    }

    #[test]
    fn countries_are_known_by_code_and_by_name() {
        for (text, expected) in [
            ("fr", Some("FR")),
            ("France", Some("FR")),
            ("BELGIQUE", Some("BE")),
            ("UK", Some("GB")),
            ("États-Unis", Some("US")),
            ("XX", None),
            ("Zqxland", None),
            ("", None),
            ("ZM", Some("ZM")),
        ] {
            let found = country(text).map(|code| String::from_utf8(code.to_vec()).unwrap());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
        assert_eq!(CODES.split_ascii_whitespace().count() + NAMED.len(), 249, "ISO 3166-1");
        assert_eq!(place("", "75001", Some(*b"FR")), place("FR", "75001", None));
        assert_eq!(place("", "75001", None), Place::Unknown);
    }
}
