//! Names that nobody bears, addresses for mail that reach nobody, numbers that nobody answers.

use crate::random::{Alias, Random};

use super::places::Address;

/// Parts of family names. No list of real names was used; each name has a part that French, English
/// and German lack.
const START: [&str; 28] = [
    "Brazq", "Vlorz", "Quex", "Tzar", "Morzv", "Dwaz", "Fjal", "Gorx", "Hrel", "Jyzm", "Kvol",
    "Lazq", "Mrov", "Nexq", "Ozvar", "Prizq", "Rylzo", "Szel", "Tvaro", "Uxel", "Vrazo", "Wexl",
    "Xanvo", "Ylvaz", "Zqel", "Bezv", "Crozq", "Drizv",
];
const MIDDLE: [&str; 20] = [
    "a", "e", "i", "o", "u", "ava", "ele", "ilo", "oru", "une", "emi", "aro", "isa", "ona", "ule",
    "eva", "iré", "ola", "uni", "aza",
];
const END: [&str; 24] = [
    "ndel", "rquin", "vault", "lmet", "sson", "tier", "quet", "bras", "lon", "mard", "nec", "ptin",
    "rel", "sart", "tuche", "vin", "zac", "chard", "dieu", "fort", "gnol", "let", "nnier", "pard",
];

/// Given names, which say nothing about anybody; the first half is of women.
const GIVEN: [&str; 64] = [
    "Marie",
    "Anne",
    "Claire",
    "Sophie",
    "Julie",
    "Émilie",
    "Camille",
    "Léa",
    "Manon",
    "Chloé",
    "Hélène",
    "Françoise",
    "Monique",
    "Nathalie",
    "Sylvie",
    "Isabelle",
    "Catherine",
    "Jeanne",
    "Louise",
    "Inès",
    "Fatima",
    "Yasmine",
    "Aïcha",
    "Élodie",
    "Marguerite",
    "Simone",
    "Zoé",
    "Anne-Laure",
    "Marie-Noëlle",
    "Teresa",
    "Ewa",
    "Linh",
    "Jean",
    "Pierre",
    "Michel",
    "Alain",
    "Philippe",
    "Nicolas",
    "Thomas",
    "Julien",
    "Léo",
    "Hugo",
    "Lucas",
    "Théo",
    "Rémi",
    "Jérôme",
    "François",
    "Gérard",
    "Bernard",
    "Jacques",
    "Étienne",
    "Mathieu",
    "Antoine",
    "Karim",
    "Mehdi",
    "Youssef",
    "Jean-Luc",
    "Jean-François",
    "Benoît",
    "Noël",
    "Paulo",
    "Piotr",
    "Minh",
    "Loïc",
];

/// Where letters are kept: reserved names only, so that no mail reaches anybody.
const HOSTS: [(&str, f64); 14] = [
    ("example.org", 21.0),
    ("example.com", 25.0),
    ("example.net", 17.0),
    ("poste.example", 8.0),
    ("libre.example", 8.0),
    ("mail.example.com", 5.0),
    ("courriel.example.org", 4.0),
    ("orangerie.example", 4.0),
    ("etudes.example", 3.0),
    ("atelier.example.net", 2.0),
    ("mairie.example", 0.8),
    ("presse.example", 0.6),
    ("armee.example", 0.3),
    ("interieur.example", 0.3),
];

/// What a delivery note says: (text, whether it endangers whoever it is about).
const NOTES: [(&str, bool); 16] = [
    ("Laisser chez la gardienne", false),
    ("Sonner deux fois", false),
    ("Boîte aux lettres au fond de la cour", false),
    ("Code 48B27 puis 2e porte", false),
    ("Ne pas plier", false),
    ("Livrer avant 9 h", false),
    ("Chien dans le jardin", false),
    ("En vacances en août", false),
    ("Portail vert", false),
    ("Voisin du dessous absent", false),
    ("Ne pas mettre le nom sur l'enveloppe, mesure de protection", true),
    ("Sous pli neutre, mari très religieux", true),
    ("Foyer de femmes, demander l'accueil", true),
    ("Journaliste menacé, ne pas sonner", true),
    ("Caserne, poste de garde", true),
    ("Maison seule, personne âgée, clé sous le pot", true),
];

/// Draws who somebody is.
pub(super) struct Words {
    family: Alias,
    given: Alias,
    hosts: Alias,
}

impl Words {
    pub(super) fn new() -> Self {
        let shares: Vec<f64> = HOSTS.iter().map(|(_, share)| *share).collect();
        Self {
            family: Alias::zipf(START.len() * MIDDLE.len() * END.len(), 0.35),
            given: Alias::zipf(GIVEN.len() / 2, 0.4),
            hosts: Alias::new(&shares),
        }
    }

    /// A family name, now and then with a particle or a hyphen.
    pub(super) fn family(&self, random: &mut Random) -> String {
        let one = |random: &mut Random| {
            // Neighbours on the scale of frequency share no part.
            let number =
                self.family.draw(random) * 7_919 % (START.len() * MIDDLE.len() * END.len());
            let (rest, start) = (number / START.len(), number % START.len());
            let (end, middle) = (rest / MIDDLE.len(), rest % MIDDLE.len());
            format!("{}{}{}", START[start], MIDDLE[middle], END[end])
        };
        match random.below(100) {
            0 => format!("de {}", one(random)),
            1 | 2 => format!("{}-{}", one(random), one(random)),
            _ => one(random),
        }
    }

    /// A given name of a woman or a man.
    pub(super) fn given(&self, random: &mut Random, is_woman: bool) -> &'static str {
        GIVEN[self.given.draw(random) + if is_woman { 0 } else { GIVEN.len() / 2 }]
    }

    /// An address for mail; `token` is in it and in no other.
    pub(super) fn email(
        &self,
        random: &mut Random,
        given: &str,
        family: &str,
        token: &str,
    ) -> String {
        let (given, family) = (plain(given), plain(family));
        let initial = given.chars().next().unwrap_or('x');
        let name = match random.below(4) {
            0 => format!("{given}.{family}.{token}"),
            1 => format!("{initial}{family}_{token}"),
            2 => format!("{token}.{family}"),
            _ => format!("{given}-{token}"),
        };
        format!("{name}@{}", HOSTS[self.hosts.draw(random)].0)
    }

    /// What a delivery note says.
    pub(super) fn note(random: &mut Random) -> &'static str {
        let endangers = random.chance(0.12);
        let fitting = NOTES.iter().filter(|note| note.1 == endangers);
        let count = fitting.clone().count();
        fitting.clone().nth(random.index(count)).map_or("", |note| note.0)
    }
}

/// A telephone number of the ranges that nobody is given, or nothing where there is no such range.
pub(super) fn phone(random: &mut Random, address: &Address) -> String {
    let last = random.below(10_000);
    let (a, b) = (last / 100, last % 100);
    if address.country == "GB" {
        return format!("+44 7700 900{:03}", last % 1_000);
    }
    if address.country == "US" {
        return format!("+1 202-555-01{b:02}");
    }
    if address.country != "FR" {
        return String::new();
    }
    let range = if random.chance(0.62) { "06 39 98" } else { landline(&address.postcode) };
    match random.below(10) {
        0 => format!("{}{a:02}{b:02}", range.replace(' ', "")),
        1 => format!("+33 {} {a:02} {b:02}", &range[1..]),
        2 => format!("{}.{a:02}.{b:02}", range.replace(' ', ".")),
        _ => format!("{range} {a:02} {b:02}"),
    }
}

/// The invented range of the fifth of the country in which a post code lies.
fn landline(postcode: &str) -> &'static str {
    match postcode.get(..2).unwrap_or_default() {
        "75" | "77" | "78" | "91" | "92" | "93" | "94" | "95" => "01 99 00",
        "14" | "18" | "22" | "27" | "28" | "29" | "35" | "36" | "37" | "41" | "44" | "45"
        | "49" | "50" | "53" | "56" | "61" | "72" | "76" | "85" => "02 61 91",
        "02" | "08" | "10" | "21" | "25" | "39" | "51" | "52" | "54" | "55" | "57" | "58"
        | "59" | "60" | "62" | "67" | "68" | "70" | "71" | "80" | "88" | "89" | "90" => "03 53 01",
        "09" | "12" | "16" | "17" | "19" | "23" | "24" | "31" | "32" | "33" | "40" | "46"
        | "47" | "64" | "65" | "79" | "81" | "82" | "86" | "87" => "05 36 49",
        _ => "04 65 71",
    }
}

/// Six letters and digits that only the customer `id` has: `zqx` and an unlike number.
///
/// Multiplication by an odd number and a shift turn the numbers below 2³⁰ around among themselves, so
/// two ids never share a token.
pub(super) fn token(id: u64, seed: u64) -> String {
    const MASK: u64 = (1 << 30) - 1;
    let mut word = id.wrapping_add(crate::random::mix(seed)) & MASK;
    word = word.wrapping_mul(0x2545_F491) & MASK;
    word ^= word >> 15;
    word = word.wrapping_mul(0x1B87_3593) & MASK;
    let digit = |place: u64| {
        char::from(b"abcdefghijkmnpqrstuvwxyz23456789"[(word >> (5 * place) & 31) as usize])
    };
    format!("zqx{}", (0..6).map(digit).collect::<String>())
}

/// Small letters without accents, spaces or hyphens.
pub(super) fn plain(name: &str) -> String {
    name.chars()
        .flat_map(char::to_lowercase)
        .filter_map(|letter| {
            Some(match letter {
                'à' | 'â' => 'a',
                'é' | 'è' | 'ê' | 'ë' => 'e',
                'î' | 'ï' => 'i',
                'ô' => 'o',
                'û' | 'ù' => 'u',
                'ç' => 'c',
                letter if letter.is_ascii_alphanumeric() => letter,
                _ => return None,
            })
        })
        .collect()
}
