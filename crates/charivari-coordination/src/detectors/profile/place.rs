//! Claimed places and the languages that are common there.

/// A country as its name in tables, the words by which it is claimed, and its languages.
///
/// Words are in lower case, without accents, longest claims by two words joined by a space. Only
/// what hardly ever means anything else is here; a place that is not here says nothing.
const COUNTRIES: [(&str, &[&str], &[&str]); 36] = [
    ("Algeria", &["algerie", "algeria", "alger"], &["ar", "fr", "ber"]),
    ("Argentina", &["argentina", "buenos aires"], &["es"]),
    ("Australia", &["australia", "sydney", "melbourne", "brisbane"], &["en"]),
    ("Austria", &["austria", "osterreich", "wien", "vienna"], &["de"]),
    ("Belgium", &["belgique", "belgium", "belgie", "bruxelles", "brussels"], &["fr", "nl", "de"]),
    ("Brazil", &["brasil", "brazil", "sao paulo", "rio de"], &["pt"]),
    ("Canada", &["canada", "toronto", "montreal", "quebec", "ottawa"], &["en", "fr"]),
    ("China", &["china", "beijing", "shanghai", "中国"], &["zh"]),
    ("Egypt", &["egypt", "cairo", "مصر"], &["ar"]),
    ("France", &["france", "paris", "lyon", "marseille", "toulouse", "bordeaux"], &["fr"]),
    ("Germany", &["germany", "deutschland", "berlin", "hamburg", "munchen"], &["de"]),
    ("Greece", &["greece", "athens", "ελλαδα"], &["el"]),
    (
        "India",
        &["india", "delhi", "mumbai", "bharat"],
        &["hi", "bn", "ta", "te", "mr", "ur", "gu", "kn", "ml", "pa"],
    ),
    ("Indonesia", &["indonesia", "jakarta"], &["id", "jv", "ms"]),
    ("Iran", &["iran", "tehran", "ایران"], &["fa", "az", "ku"]),
    ("Ireland", &["ireland", "dublin"], &["en", "ga"]),
    ("Israel", &["israel", "tel aviv", "jerusalem"], &["he", "ar", "ru"]),
    ("Italy", &["italia", "italy", "roma", "milano"], &["it"]),
    ("Japan", &["japan", "tokyo", "osaka", "日本"], &["ja"]),
    ("Mexico", &["mexico", "cdmx", "guadalajara"], &["es"]),
    ("Morocco", &["maroc", "morocco", "casablanca", "rabat"], &["ar", "fr", "ber", "es"]),
    ("Netherlands", &["nederland", "netherlands", "amsterdam", "rotterdam"], &["nl"]),
    ("Nigeria", &["nigeria", "lagos", "abuja"], &["en", "ha", "yo", "ig"]),
    ("Poland", &["polska", "poland", "warszawa", "warsaw"], &["pl"]),
    ("Portugal", &["portugal", "lisboa", "lisbon"], &["pt"]),
    ("Russia", &["russia", "moscow", "россия", "москва"], &["ru", "tt", "ba"]),
    ("Saudi Arabia", &["saudi", "riyadh", "السعودية"], &["ar"]),
    ("South Korea", &["korea", "seoul", "대한민국"], &["ko"]),
    ("Spain", &["espana", "spain", "madrid", "barcelona"], &["es", "ca", "gl", "eu"]),
    ("Sweden", &["sverige", "sweden", "stockholm"], &["sv"]),
    ("Switzerland", &["suisse", "schweiz", "switzerland", "zurich", "geneve"], &["de", "fr", "it"]),
    ("Tunisia", &["tunisie", "tunisia", "tunis"], &["ar", "fr"]),
    ("Turkey", &["turkiye", "turkey", "istanbul", "ankara"], &["tr", "ku"]),
    ("Ukraine", &["ukraine", "kyiv", "україна", "київ"], &["uk", "ru"]),
    (
        "United Kingdom",
        &["uk", "england", "scotland", "wales", "london", "united kingdom"],
        &["en", "cy"],
    ),
    (
        "United States",
        &["usa", "united states", "new york", "texas", "california", "florida"],
        &["en", "es"],
    ),
];

/// The one country that a place claims, and its languages; none where it names none or several.
pub(super) fn country(place: &str) -> Option<(&'static str, &'static [&'static str])> {
    let words = words(place);
    let names = |word: &&str| {
        let wanted: Vec<&str> = word.split(' ').collect();
        words.windows(wanted.len()).any(|seen| seen.iter().eq(&wanted))
    };
    let mut claimed = COUNTRIES.iter().filter(|(_, words, _)| words.iter().any(names));
    let first = claimed.next()?;
    claimed.next().is_none().then_some((first.0, first.2))
}

/// The words of a place in lower case; accents of the common Latin letters are put aside.
fn words(place: &str) -> Vec<String> {
    let plain = |sign: char| match sign {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' | 'ı' => 'i',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        other => other,
    };
    let lower: String = place.chars().take(200).flat_map(char::to_lowercase).map(plain).collect();
    lower.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// The code of a language without its region; none for codes that name no language.
pub(super) fn language(code: &str) -> Option<String> {
    let code = code.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    match code.as_str() {
        // Older codes that some platforms still give.
        "in" => Some("id".to_owned()),
        "iw" => Some("he".to_owned()),
        _ if code.len() == 2 || code == "ber" => Some(code),
        _ => None,
    }
}

/// The country of a label such as `France: ru`.
pub(super) fn claim(label: &str) -> &str {
    label.split(':').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_name_one_country_or_none() {
        for (place, expected) in [
            ("Paris, France", Some("France")),
            ("España", Some("Spain")),
            ("New York", Some("United States")),
            ("São Paulo 🇧🇷", Some("Brazil")),
            ("Москва", Some("Russia")),
            ("London / Paris", None),
            ("the moon", None),
            ("parish council", None),
            ("", None),
        ] {
            assert_eq!(country(place).map(|(name, _)| name), expected, "{place}");
        }
    }

    #[test]
    fn codes_of_languages_lose_their_region() {
        for (code, expected) in
            [("fr-FR", Some("fr")), ("iw", Some("he")), ("und", None), ("zxx", None), ("", None)]
        {
            assert_eq!(language(code).as_deref(), expected, "{code}");
        }
    }
}
