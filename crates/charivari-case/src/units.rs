//! Units and numbers as people write them, in one form.

/// Words for one unit, in English, French, German and Spanish; compared in lower case.
const NAMES: &[(&str, &[&str])] = &[
    ("BTC", &["btc", "xbt", "bitcoin", "bitcoins", "₿"]),
    ("ETH", &["eth", "ether", "ethers", "ethereum"]),
    ("XMR", &["xmr", "monero"]),
    ("USDT", &["usdt", "tether"]),
    ("USD", &["usd", "us$", "$", "dollar", "dollars", "dollar-us"]),
    ("EUR", &["eur", "euro", "euros", "€"]),
    ("GBP", &["gbp", "pound", "pounds", "sterling", "£"]),
    ("CHF", &["chf", "franken", "sfr"]),
    ("JPY", &["jpy", "yen", "¥"]),
    ("CNY", &["cny", "rmb", "yuan"]),
    ("RUB", &["rub", "rouble", "roubles", "ruble", "rubles", "₽"]),
    ("IRR", &["irr", "rial", "rials"]),
    ("customers", &["customer", "customers", "client", "clients", "kunde", "kunden", "clientes"]),
    (
        "subscribers",
        &[
            "subscriber",
            "subscribers",
            "abonné",
            "abonnés",
            "abonnent",
            "abonnenten",
            "suscriptores",
        ],
    ),
    ("accounts", &["account", "accounts", "compte", "comptes", "konto", "konten", "cuentas"]),
    ("people", &["people", "person", "persons", "personnes", "personen", "personas", "menschen"]),
    ("users", &["user", "users", "utilisateurs", "nutzer", "usuarios"]),
    ("records", &["record", "records", "enregistrements", "datensätze", "registros", "rows"]),
    ("posts", &["post", "posts", "messages", "message", "tweets", "tweet", "beiträge"]),
    ("followers", &["follower", "followers", "abonnements"]),
    ("e-mails", &["e-mail", "e-mails", "email", "emails", "courriels"]),
    ("addresses", &["address", "addresses", "adresses", "adressen"]),
    ("names", &["name", "names", "noms", "namen"]),
    ("files", &["file", "files", "fichiers", "dateien"]),
    ("documents", &["document", "documents", "dokumente"]),
    ("pictures", &["picture", "pictures", "image", "images", "photo", "photos"]),
    ("readers", &["reader", "readers", "lecteurs", "leser"]),
    ("employees", &["employee", "employees", "employés", "mitarbeiter"]),
    ("KB", &["kb", "kilobytes"]),
    ("MB", &["mb", "megabyte", "megabytes", "mo"]),
    ("GB", &["gb", "gigabyte", "gigabytes", "go"]),
    ("TB", &["tb", "terabyte", "terabytes"]),
    ("s", &["second", "seconds", "sec", "secondes", "sekunden"]),
    ("min", &["minute", "minutes", "minuten"]),
    ("h", &["hour", "hours", "heures", "stunden"]),
    ("days", &["day", "days", "jours", "tage"]),
    ("weeks", &["week", "weeks", "semaines", "wochen"]),
    ("months", &["month", "months", "mois", "monate"]),
    ("years", &["year", "years", "ans", "années", "jahre"]),
    ("%", &["%", "percent", "per-cent", "prozent", "pourcent"]),
];

/// Units of money, which can be a price.
const MONEY: [&str; 8] = ["USD", "EUR", "GBP", "CHF", "JPY", "CNY", "RUB", "IRR"];

/// Units in which the program itself counts, so that two numbers of one need not speak of one thing.
const OWN_COUNTS: [&str; 11] =
    ["accounts", "posts", "edges", "groups", "acts", "s", "min", "h", "days", "weeks", "%"];

/// Words for powers of ten behind a number.
const SCALES: &[(&str, f64)] = &[
    ("hundred", 1e2),
    ("thousand", 1e3),
    ("thousands", 1e3),
    ("mille", 1e3),
    ("tausend", 1e3),
    ("mil", 1e3),
    ("million", 1e6),
    ("millions", 1e6),
    ("millionen", 1e6),
    ("millones", 1e6),
    ("mio", 1e6),
    ("billion", 1e9),
    ("billions", 1e9),
    ("milliard", 1e9),
    ("milliards", 1e9),
    ("milliarde", 1e9),
    ("milliarden", 1e9),
    ("mrd", 1e9),
    ("trillion", 1e12),
];

/// The one form of a unit that is known.
pub(crate) fn known(word: &str) -> Option<&'static str> {
    let lower = word.to_lowercase();
    NAMES.iter().find(|(_, names)| names.contains(&lower.as_str())).map(|(unit, _)| *unit)
}

/// The one form of any unit: known ones by name, others in lower case.
pub(crate) fn normal(word: &str) -> String {
    known(word).map_or_else(|| word.trim().to_lowercase(), str::to_owned)
}

/// Whether a unit is money, in which something can be priced.
pub(crate) fn is_money(unit: &str) -> bool {
    MONEY.contains(&unit)
}

/// Whether the program counts other things in this unit, too.
pub(crate) fn is_own_count(unit: &str) -> bool {
    unit.is_empty() || OWN_COUNTS.contains(&unit)
}

/// What a word such as `million` multiplies by.
pub(crate) fn scale(word: &str) -> Option<f64> {
    let lower = word.to_lowercase();
    SCALES.iter().find(|(name, _)| *name == lower).map(|(_, factor)| *factor)
}

/// Whether two numbers are the same one, as they came from one text or another.
pub(crate) fn same(one: f64, other: f64) -> bool {
    one.total_cmp(&other).is_eq()
}

/// A number as one writes it: thousands apart, at most two decimals.
pub(crate) fn written(number: f64) -> String {
    if !number.is_finite() || number.abs() >= 1e15 {
        return number.to_string();
    }
    let text = format!("{:.2}", number.abs());
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::new();
    if number < 0.0 {
        out.push('-');
    }
    for (place, figure) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(figure);
    }
    let rest = rest.trim_end_matches('0');
    if rest.is_empty() { out } else { format!("{out}.{rest}") }
}

/// An amount in its unit: money before the number, all else behind.
pub(crate) fn amount(number: f64, unit: &str) -> String {
    let number = written(number);
    if is_money(unit) {
        format!("{unit} {number}")
    } else if unit.is_empty() {
        number
    } else {
        format!("{number} {unit}")
    }
}

/// A number with two figures that count, as one says "about".
pub(crate) fn about(number: f64) -> f64 {
    if same(number.abs(), 0.0) || !number.is_finite() {
        return number;
    }
    let step = 10_f64.powf(number.abs().log10().floor() - 1.0);
    (number / step).round() * step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_names_one_unit() {
        let mut words: Vec<&str> =
            NAMES.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        let all = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), all);
        for word in words {
            assert_eq!(word, word.to_lowercase(), "words are compared in lower case");
        }
    }

    #[test]
    fn numbers_are_written_for_reading() {
        for (number, expected) in [
            (0.0, "0"),
            (999.0, "999"),
            (200_000.0, "200,000"),
            (-1_234_567.5, "-1,234,567.5"),
            (16_840.123, "16,840.12"),
        ] {
            assert_eq!(written(number), expected);
        }
        assert_eq!(amount(470_000.0, "USD"), "USD 470,000");
        assert_eq!(amount(20.0, "BTC"), "20 BTC");
        for (number, expected) in [(336_812.0, 340_000.0), (468_600.0, 470_000.0), (0.0123, 0.012)]
        {
            assert!((about(number) / expected - 1.0).abs() < 1e-9, "{number}");
        }
    }
}
