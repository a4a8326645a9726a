//! One record: what it betrays, as a set of facts. No value is kept.

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::columns::Values;
use super::context::{Class, Context};
use super::geography::{Place, country, place};
use super::severity::Ease;
use crate::Kind;

/// What is true of a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Facts(u32);

macro_rules! facts {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)*) => {
        impl Facts {
            $($(#[$doc])* pub(super) const $name: Self = Self(1 << $bit);)*
        }
    };
}

facts! {
    /// A family name, or a whole name.
    NAME = 0;
    /// A street with a post code or a city, or a whole postal address.
    HOME = 1;
    /// An address for mail.
    EMAIL = 2;
    /// A telephone number.
    PHONE = 3;
    /// A date of birth.
    BIRTH = 4;
    /// A bank account, a card, or a password.
    FINANCIAL = 5;
    /// Where somebody was, or from which machine.
    BEHAVIOURAL = 6;
    /// A number that a state gave.
    STATE_NUMBER = 7;
    /// A password or its hash.
    PASSWORD = 8;
    /// Under 18 on the day that counts.
    MINOR = 9;
    /// A text about the person.
    NOTE = 10;
    /// A text that says what endangers.
    REVEALS = 11;
    /// A mail address of a domain that the owner calls at risk.
    AT_RISK_DOMAIN = 12;
    /// A country that the owner calls at risk.
    AT_RISK_COUNTRY = 13;
    /// The only record with this date of birth, post code and gender.
    UNIQUE = 14;
    /// The only record of its commune.
    ALONE = 15;
    /// A date of birth that could not be read.
    BIRTH_UNREAD = 16;
    /// A given name without a family name, or a name that somebody chose.
    HALF_NAME = 17;
}

impl Facts {
    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    pub(super) fn any(self, others: &[Self]) -> bool {
        others.iter().any(|other| self.has(*other))
    }

    pub(super) fn set(&mut self, other: Self, is_so: bool) {
        if is_so {
            self.0 |= other.0;
        }
    }
}

/// A record as it is kept until all have been seen: facts, places and keyed digests.
#[derive(Clone, Copy)]
pub(super) struct Person {
    pub(super) facts: Facts,
    pub(super) place: Place,
    /// Of date of birth, post code and gender; 0 where one is missing.
    pub(super) quasi: u64,
    /// Of country, post code and city; 0 where there is no city or post code.
    pub(super) commune: u64,
    /// Of the address for mail; 0 where there is none.
    pub(super) email: u64,
}

/// What the owner says of the table and the world.
pub(super) struct Reading<'a> {
    pub(super) home: Option<[u8; 2]>,
    pub(super) at_risk_domains: &'a [String],
    pub(super) at_risk_countries: &'a [[u8; 2]],
    pub(super) as_of: Date,
    pub(super) key: &'a [u8; 32],
}

/// Facts that endanger whoever they are true of: each raises the context by a point.
pub(super) const ENDANGERS: [Facts; 4] =
    [Facts::MINOR, Facts::REVEALS, Facts::AT_RISK_DOMAIN, Facts::AT_RISK_COUNTRY];

impl Reading<'_> {
    pub(super) fn person(&self, row: &Values<'_>) -> Person {
        let mut facts = Facts::default();
        facts.set(Facts::NAME, row.has(Kind::FullName) || row.has(Kind::FamilyName));
        facts.set(Facts::HALF_NAME, row.has(Kind::GivenName) || row.has(Kind::UserName));
        let is_placed = row.has(Kind::Postcode) || row.has(Kind::City);
        facts.set(Facts::HOME, row.has(Kind::PostalAddress) || row.has(Kind::Street) && is_placed);
        facts.set(Facts::EMAIL, row.of(Kind::Email).contains('@'));
        facts.set(Facts::PHONE, row.has(Kind::Phone));
        facts.set(Facts::PASSWORD, row.has(Kind::Password));
        facts.set(Facts::STATE_NUMBER, row.has(Kind::NationalId));
        let financial = [Kind::Iban, Kind::Card, Kind::Password];
        facts.set(Facts::FINANCIAL, financial.iter().any(|kind| row.has(*kind)));
        facts.set(Facts::BEHAVIOURAL, row.has(Kind::Ip) || row.has(Kind::Coordinates));
        facts.set(Facts::NOTE, row.has(Kind::FreeText));
        facts.set(Facts::REVEALS, reveals(row.of(Kind::FreeText)));
        facts.set(Facts::AT_RISK_DOMAIN, is_of(row.of(Kind::Email), self.at_risk_domains));
        let stated = row.of(Kind::Country);
        let code = if stated.is_empty() { self.home } else { country(stated) };
        let is_at_risk = code.is_some_and(|code| self.at_risk_countries.contains(&code));
        facts.set(Facts::AT_RISK_COUNTRY, is_at_risk);
        let birth = row.of(Kind::BirthDate);
        let date = birth_date(birth);
        facts.set(Facts::BIRTH, date.is_some());
        facts.set(Facts::BIRTH_UNREAD, date.is_none() && !birth.is_empty());
        facts.set(Facts::MINOR, date.is_some_and(|date| is_minor(date, self.as_of)));
        let (postcode, gender) = (row.of(Kind::Postcode), row.of(Kind::Gender));
        let country = code.map_or([b'-'; 2], |code| code);
        let country = String::from_utf8_lossy(&country);
        let born = date.map(|date| date.to_string()).unwrap_or_default();
        let quasi = [born.as_str(), postcode, gender];
        let commune = [&country[..], postcode, row.of(Kind::City)];
        let is_full = |parts: &[&str]| parts.iter().all(|part| !part.is_empty());
        Person {
            facts,
            place: place(stated, postcode, self.home),
            quasi: if is_full(&quasi) { self.digest(b'q', &quasi) } else { 0 },
            commune: if is_full(&commune) { self.digest(b'c', &commune) } else { 0 },
            email: if facts.has(Facts::EMAIL) {
                self.digest(b'e', &[row.of(Kind::Email)])
            } else {
                0
            },
        }
    }

    /// A keyed digest of values that are alike but for case and accents; never 0.
    fn digest(&self, domain: u8, values: &[&str]) -> u64 {
        let mut hash = Sha256::new();
        hash.update(self.key);
        hash.update([domain]);
        for value in values {
            hash.update(fold(value.trim()));
            hash.update([0]);
        }
        let bytes = hash.finalize();
        let word = bytes.iter().take(8).fold(0, |word, byte| word << 8 | u64::from(*byte));
        word.max(1)
    }
}

/// Whether a mail address is of one of these domains, or below one.
fn is_of(email: &str, domains: &[String]) -> bool {
    let Some((_, host)) = email.trim().rsplit_once('@') else { return false };
    let host = host.to_lowercase();
    domains.iter().any(|domain| {
        let domain = domain.trim().trim_start_matches("*.").to_lowercase();
        let below =
            host.strip_suffix(&domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        !domain.is_empty() && below
    })
}

/// Beginnings of words, in small letters without accents, that a note says of somebody in danger:
/// French, English and German. Whoever writes in another language has no luck here, and the result
/// says so.
const ENDANGERING: [&str; 34] = [
    "protection",
    "menac",
    "threat",
    "bedroh",
    "foyer",
    "shelter",
    "frauenhaus",
    "refuge",
    "caserne",
    "barrack",
    "kaserne",
    "gendarmer",
    "police",
    "polizei",
    "militair",
    "military",
    "journalist",
    "ambassad",
    "embass",
    "religieu",
    "religious",
    "mosque",
    "synagog",
    "eglise",
    "pli neutre",
    "plain envelope",
    "seule",
    "alone",
    "sous le pot",
    "under the",
    "handicap",
    "hopital",
    "hospital",
    "violence",
];

/// Whether a text says what endangers.
pub(super) fn reveals(text: &str) -> bool {
    if text.is_empty() {
        return false;
    }
    let plain = fold(text);
    let is_start = |at: usize| plain[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
    ENDANGERING.iter().any(|word| plain.match_indices(word).any(|(at, _)| is_start(at)))
}

/// Small letters without the accents of French and German.
fn fold(text: &str) -> String {
    let letter = |letter: char| match letter {
        'à' | 'â' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' | 'ö' => 'o',
        'û' | 'ù' | 'ü' => 'u',
        'ç' => 'c',
        '’' => '\'',
        other => other,
    };
    text.chars().flat_map(char::to_lowercase).map(letter).collect()
}

/// A date of birth in the forms that tables have; days before months.
pub(super) fn birth_date(text: &str) -> Option<Date> {
    let text = text.split(['T', ' ']).next()?;
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let [one, two, three] = parts.as_slice() else { return None };
    let number = |part: &str| part.parse::<i16>().ok();
    let (year, month, day) = match (one.len(), three.len()) {
        (4, _) => (number(one)?, number(two)?, number(three)?),
        (_, 4) => (number(three)?, number(two)?, number(one)?),
        _ => return None,
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn is_minor(born: Date, as_of: Date) -> bool {
    let years = as_of.year() - born.year();
    let had_birthday = (as_of.month(), as_of.day()) >= (born.month(), born.day());
    born <= as_of && years - i16::from(!had_birthday) < 18
}

impl Facts {
    /// The facts that the columns make, without those of one person.
    pub(super) fn without_particulars(self) -> Self {
        let particular = [Self::UNIQUE, Self::ALONE].into_iter().chain(ENDANGERS);
        Self(particular.fold(self.0, |left, fact| left & !fact.0))
    }

    /// How easily somebody is identified by what the record has.
    pub(super) fn ease(self) -> Ease {
        let by_name = self.has(Self::NAME);
        let base = if by_name && self.any(&[Self::HOME, Self::STATE_NUMBER]) {
            Ease::Maximum
        } else if by_name && self.any(&[Self::EMAIL, Self::PHONE, Self::BIRTH]) {
            Ease::Significant
        } else if self.any(&[Self::EMAIL, Self::PHONE, Self::HOME, Self::STATE_NUMBER]) {
            Ease::Limited
        } else {
            Ease::Negligible
        };
        if self.any(&[Self::UNIQUE, Self::ALONE]) { base.more() } else { base }
    }

    /// The class of data that weighs most in this context, with its points.
    pub(super) fn class(self, context: &Context) -> (Class, f64) {
        let mut found = (Class::Simple, context.points(Class::Simple));
        for (fact, class) in
            [(Self::BEHAVIOURAL, Class::Behavioural), (Self::FINANCIAL, Class::Financial)]
        {
            if self.has(fact) && context.points(class) > found.1 {
                found = (class, context.points(class));
            }
        }
        found
    }

    /// DPC: the points of the class, and one more for each fact that endangers, up to 4.
    pub(super) fn dpc(self, context: &Context) -> f64 {
        let more = ENDANGERS.iter().filter(|fact| self.has(**fact)).count();
        (self.class(context).1 + more as f64).min(4.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_that_endanger_are_told_from_those_that_do_not() {
        for (text, expected) in [
            ("Ne pas mettre le nom, mesure de protection", true),
            ("Sous pli neutre", true),
            ("JOURNALISTE MENACÉ", true),
            ("Personne seule", true),
            ("Clé sous le pot", true),
            ("Sonner deux fois", false),
            ("Portail vert", false),
            ("Esseulée rue", false),
            ("", false),
        ] {
            assert_eq!(reveals(text), expected, "{text}");
        }
    }

    #[test]
    fn dates_of_birth_are_read_day_first() {
        for (text, expected) in [
            ("1990-03-04", Some((1990, 3, 4))),
            ("04/03/1990", Some((1990, 3, 4))),
            ("4.3.1990", Some((1990, 3, 4))),
            ("1990-03-04T00:00:00Z", Some((1990, 3, 4))),
            ("31/02/1990", None),
            ("90-3-4", None),
            ("", None),
            ("Zqx", None),
            ("0000-00-00", None),
        ] {
            let found = birth_date(text).map(|date| (date.year(), date.month(), date.day()));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn childhood_ends_on_the_eighteenth_birthday() {
        let date = |text| birth_date(text).unwrap();
        let day = date("2023-01-05");
        assert!(is_minor(date("2005-01-06"), day));
        assert!(!is_minor(date("2005-01-05"), day));
        assert!(!is_minor(date("2023-01-06"), day), "a date to come is no child's");
    }

    #[test]
    fn domains_hold_with_what_is_below_them() {
        let list = ["armee.example".to_owned(), "*.press.example".to_owned()];
        for (email, expected) in [
            ("zqxa@armee.example", true),
            ("zqxa@ARMEE.example", true),
            ("zqxa@est.armee.example", true),
            ("zqxa@pasarmee.example", false),
            ("zqxa@press.example", true),
            ("armee.example", false),
        ] {
            assert_eq!(is_of(email, &list), expected, "{email}");
        }
        assert!(!is_of("zqxa@example.org", &[String::new()]), "an empty line is no domain");
    }

    proptest::proptest! {
        #[test]
        fn no_value_makes_reading_fail(one in ".*", two in ".*", email in ".*@.*") {
            let _ = (reveals(&one), birth_date(&two), is_of(&email, std::slice::from_ref(&one)));
            let _ = (country(&one), place(&one, &two, None), place("FR", &two, None));
        }
    }
}
