//! Ordinary accounts, invented, to measure how often innocents are alike.
//!
//! Names are drawn as names are: few are very common, most are rare. Some share a first name or a
//! surname with one who is protected, and so a few bear the same name by accident; some are
//! organisations that share a word with a protected one. Handles are made of names, words, years and
//! separators as people make them. Every account is a function of the seed and its number.

use crate::Account;
use crate::protected::{Kind, Roster};

/// One invented account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "as in `crate::Account`")]
pub struct Ordinary {
    pub id: String,
    pub handle: String,
    pub name: String,
    pub bio: String,
    pub link: Option<String>,
    pub created: i64,
}

impl Ordinary {
    /// As it is compared.
    pub fn account(&self) -> Account<'_> {
        Account {
            platform: "x",
            id: &self.id,
            handle: Some(&self.handle),
            name: Some(&self.name),
            bio: Some(&self.bio),
            link: self.link.as_deref(),
            created: Some(self.created),
            ..Account::default()
        }
    }
}

const FIRST: &str = "Marie Jean Pierre Michel Anne Nathalie Philippe Isabelle Sylvie Laurent Christophe \
    Nicolas Julien Sophie Camille Lucas Emma Hugo Chloe Louis Ines Manon Theo Lea Nina Paul Antoine \
    Claire Mathilde Olivier Thomas David Sarah Laura Kevin Amina Karim Fatima Youssef Leila Mehdi \
    Samira Omar Nour Rania Ali Hassan Zeynep Emre Olga Ivan Dmitri Anna Svetlana Igor Elena Maria \
    Nikos Giorgos Eleni Daniel Miriam Yael Noa Avi James Mary John Patricia Robert Jennifer Michael \
    Linda William Susan Richard Jessica Joseph Karen Charles Nancy Chris Lisa Matthew Betty Anthony \
    Sandra Mark Ashley Steven Kim Andrew Donna Carol Kenneth Ruth Sharon George Brian Ronald Deborah \
    Ravi Priya Arjun Ananya Wei Li Hiro Yuki Pablo Lucia Carlos Sofia Diego Valentina Mateo Giulia \
    Luca Francesca Lars Ingrid Sven Freya Piotr Agnieszka Tomasz Jana Petr Katarina Marek Zofia";
const LAST: &str = "Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon \
    Laurent Lefebvre Michel Garcia David Bertrand Roux Vincent Fournier Morel Girard Andre Lefevre \
    Mercier Dupont Lambert Bonnet Francois Martinez Legrand Garnier Faure Rousseau Blanc Guerin \
    Muller Henry Roussel Nicolas Perrin Morin Mathieu Clement Gauthier Dumont Lopez Fontaine Chevalier \
    Robin Masson Sanchez Gerard Nguyen Boyer Denis Lemaire Duval Joly Gautier Roger Roche Roy Noel \
    Meyer Lucas Meunier Jean Perez Marchand Dufour Blanchard Marie Barbier Brun Dumas Brunet Schmitt \
    Leroux Colas Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Moore Jackson \
    White Harris Clark Lewis Walker Hall Young King Wright Scott Green Baker Adams Nelson Hill Campbell \
    Haddad Khalil Mansour Nasser Rahimi Karimi Hosseini Yilmaz Kaya Demir Ivanov Petrov Smirnov Kuznetsov \
    Papadopoulos Cohen Levi Mizrahi Rossi Russo Ferrari Kowalski Nowak Novak Hansen Larsen Berg Silva \
    Santos Oliveira Kumar Singh Patel Sharma Wang Zhang Tanaka Suzuki";
const WORDS: &str = "blue night moon happy crazy lucky sunny wild little big dark silver green red cat \
    dog fox wolf bear panda tiger coffee tea pizza music guitar piano dance football foot tennis rugby \
    chess game gamer pixel code data web art photo film cinema book reader garden flower rose river \
    mountain sea ocean star sky cloud rain snow fire king queen princess ninja pirate wizard ghost \
    zen peace love hope dream life world travel voyage soleil lune etoile chat chien mer plage neige";
const ORGANISATIONS: &str = "Gazette Journal Echo Courrier Tribune Club Association Collectif Atelier \
    Boulangerie Librairie Theatre Festival Radio Revue Cafe Ecole Lycee Mairie Union Cercle Maison \
    Galerie Musee Orchestre Studio Institute Foundation Society Weekly Daily Post Herald Observer";
const PLACES: &str = "Lyon Nantes Lille Rennes Brest Dijon Tours Angers Metz Nancy Caen Rouen Leeds \
    Bristol Porto Turin Ghent Basel Cork Split Gdansk Tartu Patras Haifa Amman Oran Sfax Shiraz Izmir \
    Kazan Odessa Malmo Bergen Aarhus Turku";
const JOBS: &str = "nurse teacher baker student retired engineer gardener photographer musician driver \
    carpenter infirmiere professeur etudiante retraite ingenieur jardinier musicien cuisiniere \
    vendeuse comptable lawyer architect dentist plumber painter translator accountant farmer";

/// A stream of numbers.
struct Dice(u64);

impl Dice {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.bits()) * bound as u128) >> 64) as usize
    }

    fn chance(&mut self, per_thousand: usize) -> bool {
        self.below(1_000) < per_thousand
    }

    /// A place in a list, the first ones more often: the larger of two draws from the end.
    fn rank(&mut self, length: usize) -> usize {
        self.below(length).min(self.below(length))
    }
}

/// The words that accounts are made of.
pub struct Maker {
    seed: u64,
    event: i64,
    lists: [Vec<&'static str>; 6],
    /// First names, surnames and other words of those who are protected.
    protected: [Vec<String>; 3],
}

impl std::fmt::Debug for Maker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Maker").field("seed", &self.seed).finish_non_exhaustive()
    }
}

impl Maker {
    /// A maker of accounts as of `event`, some of which share words with the protected.
    pub fn new(seed: u64, event: i64, roster: &Roster) -> Self {
        let lists = [FIRST, LAST, WORDS, ORGANISATIONS, PLACES, JOBS];
        let mut protected: [Vec<String>; 3] = Default::default();
        for entry in &roster.protected {
            for name in &entry.names {
                let words: Vec<&str> = name.split_whitespace().collect();
                match (entry.kind, &words[..]) {
                    (Kind::Person, [first, .., last]) => {
                        protected[0].push((*first).to_owned());
                        protected[1].push((*last).to_owned());
                    }
                    _ => protected[2].extend(words.iter().map(|word| (*word).to_owned())),
                }
            }
        }
        Self { seed, event, lists: lists.map(|list| list.split_whitespace().collect()), protected }
    }

    /// The account of this number.
    pub fn account(&self, number: u64) -> Ordinary {
        let mut dice = Dice(self.seed ^ number.wrapping_mul(0xD129_0F8E_3A4C_1B57));
        dice.bits();
        let (name, handle) =
            if dice.chance(80) { self.organisation(&mut dice) } else { self.person(&mut dice) };
        let days = if dice.chance(80) { dice.below(150) } else { 150 + dice.below(4_400) };
        Ordinary {
            id: number.to_string(),
            handle,
            name,
            bio: self.bio(&mut dice),
            link: dice.chance(150).then(|| format!("https://{}.example/", self.word(&mut dice, 2))),
            created: self.event - i64::try_from(days).unwrap_or_default() * 86_400_000_000,
        }
    }

    fn word(&self, dice: &mut Dice, list: usize) -> &'static str {
        self.lists[list][dice.rank(self.lists[list].len())]
    }

    fn shared(&self, dice: &mut Dice, list: usize) -> Option<String> {
        let words = &self.protected[list];
        (dice.chance(10) && !words.is_empty()).then(|| words[dice.below(words.len())].clone())
    }

    fn person(&self, dice: &mut Dice) -> (String, String) {
        let first = self.shared(dice, 0).unwrap_or_else(|| self.word(dice, 0).to_owned());
        let last = self.shared(dice, 1).unwrap_or_else(|| self.surname(dice));
        let name = match dice.below(10) {
            0 => first.clone(),
            1 => format!("{first} {}", last.chars().next().unwrap_or('x')),
            2 => format!("{last} {first}"),
            3 => format!("{} {}", first.to_lowercase(), last.to_lowercase()),
            4 => format!("{} {}", self.word(dice, 2), self.word(dice, 2)),
            5 => format!("{first} {last} {}", ["🌻", "✨", "FR", "⚽", "🎸"][dice.below(5)]),
            _ => format!("{first} {last}"),
        };
        let (f, l) = (first.to_lowercase(), last.to_lowercase());
        let year = 1950 + dice.below(60);
        let handle = match dice.below(9) {
            0 => format!("{f}{l}"),
            1 => format!("{f}_{l}"),
            2 => format!("{f}.{l}{}", year % 100),
            3 => format!("{f}{year}"),
            4 => format!("{}{l}{}", f.chars().next().unwrap_or('x'), dice.below(1_000)),
            5 => format!("{}{}{}", self.word(dice, 2), self.word(dice, 2), dice.below(100)),
            6 => format!("the{}_{f}", self.word(dice, 2)),
            7 => format!("{f}_{}{}", self.word(dice, 4).to_lowercase(), dice.below(100)),
            _ => format!("{f}{l}{:08}", dice.below(100_000_000)),
        };
        (name, handle)
    }

    /// A surname from the list, or one of many rare ones.
    fn surname(&self, dice: &mut Dice) -> String {
        const STARTS: [&str; 24] = [
            "Bar", "Cor", "Del", "Fal", "Gar", "Hal", "Kar", "Lan", "Mal", "Nor", "Pel", "Quen",
            "Ros", "Sal", "Tor", "Val", "Wen", "Zan", "Ber", "Cas", "Dor", "Fer", "Mon", "Vil",
        ];
        const ENDS: [&str; 24] = [
            "ard", "eau", "ier", "in", "ot", "et", "and", "aux", "er", "ley", "ton", "son", "ski",
            "ov", "ez", "ini", "aro", "ane", "ille", "oux", "eck", "mann", "sen", "dis",
        ];
        if dice.chance(450) {
            return self.word(dice, 1).to_owned();
        }
        let middle = ["", "", "a", "i", "o", "an", "el", "er"][dice.below(8)];
        format!("{}{middle}{}", STARTS[dice.below(24)], ENDS[dice.below(24)])
    }

    fn organisation(&self, dice: &mut Dice) -> (String, String) {
        let word = self.shared(dice, 2).unwrap_or_else(|| self.word(dice, 3).to_owned());
        let other = if dice.chance(100) {
            self.shared(dice, 2).unwrap_or_else(|| self.surname(dice))
        } else {
            self.word(dice, 4).to_owned()
        };
        let name = match dice.below(4) {
            0 => format!("{word} de {other}"),
            1 => format!("La {word} {other}"),
            2 => format!("{other} {word}"),
            _ => format!("{word} {other}"),
        };
        let handle = match dice.below(3) {
            0 => format!("{word}{other}"),
            1 => format!("{word}_{other}"),
            _ => format!("{other}{word}{}", dice.below(100)),
        };
        (name, handle.to_lowercase())
    }

    fn bio(&self, dice: &mut Dice) -> String {
        let (job, place) = (self.word(dice, 5), self.word(dice, 4));
        let (one, two) = (self.word(dice, 2), self.word(dice, 2));
        match dice.below(9) {
            0 => String::new(),
            1 => format!("{job} in {place}. I like {one} and {two}."),
            2 => format!("{job} | {place} | {one}"),
            3 => format!("{place}. {one}, {two}, and a lot of {}.", self.word(dice, 2)),
            4 => format!("Fan of {one} and {two}"),
            5 => format!("{job}, {one} lover. Views my own."),
            6 => format!("{one} {two}"),
            7 => format!("Official page of the {one} club of {place}"),
            _ => format!("Just here for the {one}. DM open. {place}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protected::Protected;

    #[test]
    fn accounts_depend_on_seed_and_number_alone_and_some_share_names() {
        let person = Protected {
            id: "p".to_owned(),
            kind: Kind::Person,
            names: vec!["Mara Quillon".to_owned()],
            ..Protected::default()
        };
        let roster = Roster { protected: vec![person] };
        let maker = Maker::new(5, 0, &roster);
        assert_eq!(maker.account(17), Maker::new(5, 0, &roster).account(17));
        assert_ne!(maker.account(17), Maker::new(6, 0, &roster).account(17));
        let shared = (0..20_000).filter(|n| maker.account(*n).name.contains("Quillon")).count();
        assert!((50..600).contains(&shared), "{shared}");
    }
}
