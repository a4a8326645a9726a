//! Where invented customers live: the French départements with their real codes and sizes, communes
//! and streets that do not exist, and a few other countries.

use crate::random::{Alias, Random};

/// A département: its code, its prefecture, and its people in thousands, roughly.
const DEPARTMENTS: [(&str, &str, u32); 101] = [
    ("01", "Bourg-en-Bresse", 660),
    ("02", "Laon", 525),
    ("03", "Moulins", 334),
    ("04", "Digne-les-Bains", 167),
    ("05", "Gap", 141),
    ("06", "Nice", 1_100),
    ("07", "Privas", 330),
    ("08", "Charleville-Mézières", 268),
    ("09", "Foix", 154),
    ("10", "Troyes", 311),
    ("11", "Carcassonne", 377),
    ("12", "Rodez", 279),
    ("13", "Marseille", 2_050),
    ("14", "Caen", 697),
    ("15", "Aurillac", 144),
    ("16", "Angoulême", 352),
    ("17", "La Rochelle", 660),
    ("18", "Bourges", 300),
    ("19", "Tulle", 240),
    ("21", "Dijon", 536),
    ("22", "Saint-Brieuc", 606),
    ("23", "Guéret", 116),
    ("24", "Périgueux", 413),
    ("25", "Besançon", 547),
    ("26", "Valence", 520),
    ("27", "Évreux", 600),
    ("28", "Chartres", 431),
    ("29", "Quimper", 920),
    ("2A", "Ajaccio", 162),
    ("2B", "Bastia", 184),
    ("30", "Nîmes", 756),
    ("31", "Toulouse", 1_430),
    ("32", "Auch", 192),
    ("33", "Bordeaux", 1_650),
    ("34", "Montpellier", 1_200),
    ("35", "Rennes", 1_100),
    ("36", "Châteauroux", 217),
    ("37", "Tours", 613),
    ("38", "Grenoble", 1_280),
    ("39", "Lons-le-Saunier", 259),
    ("40", "Mont-de-Marsan", 420),
    ("41", "Blois", 328),
    ("42", "Saint-Étienne", 768),
    ("43", "Le Puy-en-Velay", 228),
    ("44", "Nantes", 1_450),
    ("45", "Orléans", 683),
    ("46", "Cahors", 175),
    ("47", "Agen", 330),
    ("48", "Mende", 76),
    ("49", "Angers", 820),
    ("50", "Saint-Lô", 495),
    ("51", "Châlons-en-Champagne", 565),
    ("52", "Chaumont", 171),
    ("53", "Laval", 306),
    ("54", "Nancy", 732),
    ("55", "Bar-le-Duc", 182),
    ("56", "Vannes", 770),
    ("57", "Metz", 1_050),
    ("58", "Nevers", 203),
    ("59", "Lille", 2_610),
    ("60", "Beauvais", 830),
    ("61", "Alençon", 278),
    ("62", "Arras", 1_460),
    ("63", "Clermont-Ferrand", 662),
    ("64", "Pau", 690),
    ("65", "Tarbes", 230),
    ("66", "Perpignan", 487),
    ("67", "Strasbourg", 1_150),
    ("68", "Colmar", 768),
    ("69", "Lyon", 1_890),
    ("70", "Vesoul", 234),
    ("71", "Mâcon", 550),
    ("72", "Le Mans", 567),
    ("73", "Chambéry", 439),
    ("74", "Annecy", 840),
    ("75", "Paris", 2_140),
    ("76", "Rouen", 1_255),
    ("77", "Melun", 1_440),
    ("78", "Versailles", 1_460),
    ("79", "Niort", 375),
    ("80", "Amiens", 570),
    ("81", "Albi", 391),
    ("82", "Montauban", 262),
    ("83", "Toulon", 1_090),
    ("84", "Avignon", 563),
    ("85", "La Roche-sur-Yon", 690),
    ("86", "Poitiers", 439),
    ("87", "Limoges", 372),
    ("88", "Épinal", 362),
    ("89", "Auxerre", 335),
    ("90", "Belfort", 140),
    ("91", "Évry-Courcouronnes", 1_310),
    ("92", "Nanterre", 1_630),
    ("93", "Bobigny", 1_670),
    ("94", "Créteil", 1_410),
    ("95", "Cergy", 1_260),
    ("971", "Basse-Terre", 384),
    ("972", "Fort-de-France", 361),
    ("973", "Cayenne", 287),
    ("974", "Saint-Denis", 868),
    ("976", "Mamoudzou", 290),
];

/// Countries other than France, with their share among those who live abroad, in a thousand.
const ABROAD: [(&str, u32); 18] = [
    ("BE", 330),
    ("CH", 210),
    ("CA", 130),
    ("DE", 70),
    ("LU", 60),
    ("GB", 55),
    ("ES", 40),
    ("US", 30),
    ("IT", 20),
    ("MA", 14),
    ("NL", 12),
    ("TN", 8),
    ("LB", 6),
    ("TR", 5),
    ("DZ", 4),
    ("RU", 3),
    ("IR", 2),
    ("EG", 1),
];

/// How communes and streets are named: both parts are invented and joined freely.
const FRONT: [&str; 20] = [
    "Vauzel", "Brimor", "Cordax", "Fleuzan", "Galpin", "Hurzon", "Jarvex", "Lanquor", "Mirzac",
    "Noxel", "Orvance", "Pelzy", "Quinvau", "Ruzel", "Sarvon", "Tilzac", "Urvel", "Verzon",
    "Yzeran", "Zolmer",
];
const BACK: [&str; 14] = [
    "-sur-Oze",
    "-le-Vieux",
    "-les-Brumes",
    "court",
    "ville",
    "-en-Plaine",
    "-la-Colline",
    "ac",
    "-Saint-Elzor",
    "y",
    "-le-Pré",
    "-sous-Bois",
    "-l'Étang",
    "",
];
const STREETS: [&str; 11] = [
    "rue",
    "rue",
    "rue",
    "rue",
    "avenue",
    "chemin",
    "place",
    "impasse",
    "allée",
    "boulevard",
    "route",
];
const OF: [&str; 26] = [
    "des Encriers Bleus",
    "du Vieux Tambour",
    "de la Casserole",
    "des Trois Louches",
    "du Merle Savant",
    "de l'Horloge Tordue",
    "des Pinceaux",
    "du Papier Mâché",
    "de la Gomme Arabique",
    "des Marges",
    "du Crayon Gras",
    "de l'Imprimeur Zélé",
    "des Belles Coquilles",
    "du Chapeau Pointu",
    "de la Lune Rousse",
    "des Quatre Vents Mous",
    "du Puits Bavard",
    "de la Girouette",
    "des Grelots",
    "du Sabot Fendu",
    "de l'Âne Lettré",
    "des Plumes d'Oie",
    "du Charivari",
    "de la Crécelle",
    "des Poêles",
    "du Gros Buvard",
];

/// Where somebody gets the magazine.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Address {
    /// House number and street.
    pub street: String,
    /// A second line; mostly empty.
    pub complement: String,
    /// The post code.
    pub postcode: String,
    /// The commune or city.
    pub city: String,
    /// The country's code, two letters.
    pub country: &'static str,
}

/// Draws addresses.
pub(super) struct Places {
    departments: Alias,
    communes: Alias,
    abroad: Alias,
}

/// Communes of a département, its prefecture first.
const COMMUNES: usize = 120;

impl Places {
    pub(super) fn new() -> Self {
        let people: Vec<f64> = DEPARTMENTS.iter().map(|(.., people)| f64::from(*people)).collect();
        let shares: Vec<f64> = ABROAD.iter().map(|(_, share)| f64::from(*share)).collect();
        Self {
            departments: Alias::new(&people),
            communes: Alias::zipf(COMMUNES, 1.0),
            abroad: Alias::new(&shares),
        }
    }

    /// An address in France, or for the share `foreign` somewhere else.
    pub(super) fn draw(&self, random: &mut Random, foreign: f64) -> Address {
        if random.chance(foreign) {
            return self.elsewhere(random);
        }
        let place = self.departments.draw(random);
        let (code, prefecture, _) = DEPARTMENTS[place];
        let commune = self.communes.draw(random);
        let (postcode, city) = match (code, commune) {
            ("75", _) => (format!("750{:02}", 1 + random.below(20)), "Paris".to_owned()),
            (_, 0) => (postcode(code, 0), prefecture.to_owned()),
            // The same number of a commune means the same name and code for everybody in it.
            (_, commune) => {
                let name = place * 31 + commune * 7;
                let front = FRONT[name % FRONT.len()];
                let back = BACK[(commune + place) % BACK.len()];
                (postcode(code, commune), format!("{front}{back}"))
            }
        };
        Address {
            street: street(random),
            complement: complement(random),
            postcode,
            city,
            country: "FR",
        }
    }

    fn elsewhere(&self, random: &mut Random) -> Address {
        let country = ABROAD[self.abroad.draw(random)].0;
        let digits = match country {
            "BE" | "CH" | "LU" | "TN" => 4,
            _ => 5,
        };
        let postcode = match country {
            "GB" => format!("ZQ{} {}XZ", 1 + random.below(20), random.below(10)),
            "CA" => format!("Z{}X {}Q{}", random.below(10), random.below(10), random.below(10)),
            "NL" => format!("{} ZQ", random.between(1_000, 9_999)),
            _ => (0..digits).map(|_| char::from(b'1' + random.below(9) as u8)).collect(),
        };
        let city = format!("{} {}", random.pick(&FRONT), random.pick(&["Nord", "Sud", "Ville"]));
        Address { street: street(random), complement: String::new(), postcode, city, country }
    }
}

/// The post code of a commune: the département's digits, then its own.
fn postcode(code: &str, commune: usize) -> String {
    let two = code.replace(['A', 'B'], "0");
    match code {
        "2A" => format!("20{:03}", 100 * (commune % 2) + commune / 2 % 100),
        "2B" => format!("20{:03}", 200 + 10 * (commune % 40)),
        _ if code.len() == 3 => format!("{two}{:02}", commune % 100),
        _ => format!("{two}{:03}", commune * 10 % 1_000),
    }
}

fn street(random: &mut Random) -> String {
    // Low numbers are common, as in real streets.
    let length = 1 + random.below(180);
    let number = 1 + random.below(length);
    let repeat = if random.chance(0.04) { " bis" } else { "" };
    format!("{number}{repeat} {} {}", random.pick(&STREETS), random.pick(&OF))
}

fn complement(random: &mut Random) -> String {
    if random.chance(0.82) {
        return String::new();
    }
    match random.below(4) {
        0 => format!("Bât. {}", char::from(b'A' + random.below(6) as u8)),
        1 => format!("Appt {}", 1 + random.below(80)),
        2 => format!("Résidence {}", random.pick(&FRONT)),
        _ => format!("{}e étage", 1 + random.below(9)),
    }
}
