//! What is told of the exposure: counts that were protected, and nothing of any record.

use serde::Serialize;

use super::geography::{DEPARTMENTS, Place, country_name};
use super::person::{Facts, Person};
use super::severity::{Band, Severity};
use super::suppress::{alone, protect};
use super::{Settings, severity};
use crate::Kind;

/// The risk to the people of a table. Counts that are `None` are hidden, because they, or what they
/// would betray, are below ten.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Exposure {
    /// Records that were read.
    pub records: u64,
    /// People: records with the same address for mail count once.
    pub people: u64,
    /// Whether more than a hundred people are concerned, which ENISA's method flags.
    pub more_than_hundred: bool,
    /// Whether only the owner can read the data, which the method flags too.
    pub unintelligible: bool,
    /// Tables that were passed over, since no person stands in them.
    pub tables_passed_over: u64,
    /// The context, as it was stated.
    pub context: String,
    /// What it means, or the owner's reason.
    pub context_means: String,
    /// The class of data that weighs most.
    pub class: &'static str,
    /// What the columns hold.
    pub kinds: Vec<Kind>,
    /// The severity as a whole: that of the fullest record, without what is particular to somebody.
    pub severity: Severity,
    /// How many records are in each band, the lowest first.
    pub bands: Vec<InBand>,
    /// Combinations that identify or endanger.
    pub combinations: Vec<Combination>,
    /// How many records share date of birth, post code and gender with how many others.
    pub alone: Vec<Alone>,
    /// French départements, by code.
    pub departments: Vec<Region>,
    /// Records in France; hidden where it would betray a small count.
    pub france: Option<u64>,
    /// Other countries, the largest first.
    pub countries: Vec<Country>,
    /// Records elsewhere than in France; hidden where it would betray a small count.
    pub abroad: Option<u64>,
    /// Dates of birth that could not be read.
    pub births_unread: Option<u64>,
}

/// How many records are in a band.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InBand {
    /// The band.
    pub band: Band,
    /// Records in it.
    pub records: Option<u64>,
}

/// A combination that identifies or endangers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Combination {
    /// Its name.
    pub name: &'static str,
    /// Why it matters, as a sentence.
    pub why: &'static str,
    /// Records that have it.
    pub records: Option<u64>,
}

/// How many records are alike in what many people know of each other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alone {
    /// How many are alike.
    pub alike: &'static str,
    /// Records of which that is true.
    pub records: Option<u64>,
}

/// A département.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Region {
    /// Its code, such as `2A`; empty for France without a département.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Records in it.
    pub records: Option<u64>,
}

/// A country.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Country {
    /// Its code; empty for records of no known country.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Records in it.
    pub records: Option<u64>,
}

/// All combinations, with what must be true of a record.
const COMBINATIONS: [(&str, &str, &[Facts]); 12] = [
    ("name and home address", "Somebody can be visited.", &[Facts::NAME, Facts::HOME]),
    (
        "name and telephone",
        "Somebody can be called and menaced by name.",
        &[Facts::NAME, Facts::PHONE],
    ),
    (
        "name and address for mail",
        "Somebody can be written to, deceived and found elsewhere.",
        &[Facts::NAME, Facts::EMAIL],
    ),
    (
        "date of birth, post code and gender of nobody else",
        "Whoever knows these three of somebody knows who it is, without a name.",
        &[Facts::UNIQUE],
    ),
    (
        "the only record of its commune",
        "Where one of few is known to be in the table, neighbours guess who.",
        &[Facts::ALONE],
    ),
    (
        "minor",
        "Children cannot judge the danger, and are owed more care (recital 38 GDPR).",
        &[Facts::MINOR],
    ),
    (
        "note that reveals",
        "The note says what endangers: protection, service, faith, being alone.",
        &[Facts::REVEALS],
    ),
    ("mail domain at risk", "The domain says for whom somebody works.", &[Facts::AT_RISK_DOMAIN]),
    (
        "country at risk",
        "Where being in the table is a danger, the state or the street may act on it.",
        &[Facts::AT_RISK_COUNTRY],
    ),
    (
        "name and account, card or password",
        "Money or accounts can be taken.",
        &[Facts::NAME, Facts::FINANCIAL],
    ),
    (
        "address for mail and password",
        "The same password may open other accounts.",
        &[Facts::EMAIL, Facts::PASSWORD],
    ),
    (
        "name and a number that a state gave",
        "Somebody's identity can be assumed.",
        &[Facts::NAME, Facts::STATE_NUMBER],
    ),
];

/// Sums up all records.
pub(super) fn sum(
    settings: &Settings,
    kinds: &[Kind],
    people: &[Person],
    quasi: &[u64; 5],
    tables_passed_over: u64,
) -> Exposure {
    let records = people.len() as u64;
    let with = |facts: &[Facts]| {
        people.iter().filter(|person| facts.iter().all(|fact| person.facts.has(*fact))).count()
            as u64
    };
    let alike = alike(quasi);
    let combinations = COMBINATIONS.iter().map(|(name, why, facts)| Combination {
        name,
        why,
        records: match *facts {
            // The same number as in another table is hidden where it is hidden there.
            [fact] if *fact == Facts::UNIQUE => alike[0].records,
            _ => alone(with(facts), records),
        },
    });
    let combinations: Vec<Combination> = combinations.collect();
    let mut bands = [0; 4];
    for person in people {
        bands[severity(settings, person.facts).band as usize] += 1;
    }
    let shown = protect(&[bands.to_vec()]);
    let in_band = Band::ALL.into_iter().zip(&shown.groups[0]);
    let (whole, class) = whole(settings, people);
    let places = places(people);
    let mut kinds = kinds.to_vec();
    kinds.sort_unstable();
    kinds.dedup();
    let persons = persons(people);
    Exposure {
        records,
        people: persons,
        more_than_hundred: persons > 100,
        unintelligible: settings.unintelligible,
        tables_passed_over,
        context: settings.context.word(),
        context_means: settings.context.means().to_owned(),
        class,
        kinds,
        severity: whole,
        bands: in_band.map(|(band, records)| InBand { band, records: *records }).collect(),
        combinations,
        alone: alike,
        departments: places.departments,
        france: places.france,
        countries: places.countries,
        abroad: places.abroad,
        births_unread: alone(with(&[Facts::BIRTH_UNREAD]), records),
    }
}

/// Distinct addresses for mail, and records without one.
fn persons(people: &[Person]) -> u64 {
    let mut known: Vec<u64> =
        people.iter().map(|person| person.email).filter(|it| *it != 0).collect();
    let without = people.len() - known.len();
    known.sort_unstable();
    known.dedup();
    (known.len() + without) as u64
}

/// The severity of the fullest record, without what is particular to somebody.
fn whole(settings: &Settings, people: &[Person]) -> (Severity, &'static str) {
    let of = |person: &Person| {
        let (class, points) = person.facts.class(&settings.context);
        let facts = person.facts.without_particulars();
        (Severity::of(points, facts.ease(), settings.circumstances), class.word())
    };
    let mut most = of(&people[0]);
    for person in &people[1..] {
        let one = of(person);
        if one.0.se > most.0.se {
            most = one;
        }
    }
    most
}

fn alike(counts: &[u64; 5]) -> Vec<Alone> {
    let names = [
        "with nobody",
        "with one to three others",
        "with four to eight others",
        "with nine or more others",
        "one of the three is missing",
    ];
    let shown = protect(&[counts.to_vec()]);
    let pairs = names.into_iter().zip(&shown.groups[0]);
    pairs.map(|(alike, records)| Alone { alike, records: *records }).collect()
}

struct Places {
    departments: Vec<Region>,
    france: Option<u64>,
    countries: Vec<Country>,
    abroad: Option<u64>,
}

fn places(people: &[Person]) -> Places {
    // The last cell is France without a département.
    let mut departments = vec![0_u64; DEPARTMENTS.len() + 1];
    let mut elsewhere: Vec<([u8; 2], u64)> = Vec::new();
    let mut others: Vec<[u8; 2]> = Vec::new();
    let mut unknown = 0;
    for person in people {
        match person.place {
            Place::Department(place) => departments[place as usize] += 1,
            Place::France => departments[DEPARTMENTS.len()] += 1,
            Place::Country(code) => others.push(code),
            Place::Unknown => unknown += 1,
        }
    }
    others.sort_unstable();
    for same in others.chunk_by(|one, other| one == other) {
        elsewhere.push((same[0], same.len() as u64));
    }
    // The order of hidden cells must not tell their counts: they stand last, by name.
    let cells: Vec<u64> = elsewhere.iter().map(|(_, count)| *count).chain([unknown]).collect();
    let shown = protect(&[departments, cells]);
    let of = DEPARTMENTS.iter().copied().chain([("", "France, no département")]);
    let regions = of.zip(&shown.groups[0]);
    let departments =
        regions.map(|((code, name), records)| Region { code, name, records: *records }).collect();
    let named = elsewhere
        .iter()
        .map(|(code, _)| (String::from_utf8_lossy(code).into_owned(), country_name(*code)));
    let named = named.chain([(String::new(), "country not known".to_owned())]);
    let mut countries: Vec<Country> = named
        .zip(&shown.groups[1])
        .map(|((code, name), records)| Country { code, name, records: *records })
        .filter(|country| country.records != Some(0))
        .collect();
    countries.sort_by(|one, other| {
        other.records.cmp(&one.records).then_with(|| one.name.cmp(&other.name))
    });
    Places { departments, france: shown.totals[0], countries, abroad: shown.totals[1] }
}
