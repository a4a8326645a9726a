//! The pairs made by hand.

#![allow(dead_code, clippy::unwrap_used, reason = "helpers that not every test needs")]

use charivari_identity::Account;
use charivari_identity::picture::Form;
use charivari_identity::protected::Roster;
use charivari_identity::scan::Scanner;
use charivari_identity::score::{Evidence, Feature, PictureSign};

/// Microseconds of a day, and the event of all pairs.
pub(crate) const DAY: i64 = 86_400_000_000;
pub(crate) const EVENT: i64 = 1_672_790_400_000_000;

pub(crate) fn roster() -> Roster {
    Roster::parse(include_str!("../protected.toml"), "protected.toml").unwrap()
}

/// One row of the table.
pub(crate) struct Pair {
    pub(crate) who: u32,
    pub(crate) label: String,
    pub(crate) handle: String,
    pub(crate) name: String,
    pub(crate) bio: String,
    pub(crate) link: String,
    pub(crate) made: Option<i64>,
    pub(crate) picture: char,
    pub(crate) readers: Option<u32>,
}

impl Pair {
    pub(crate) fn pretends(&self) -> bool {
        self.label == "I"
    }

    pub(crate) fn account(&self) -> Account<'_> {
        fn some(text: &str) -> Option<&str> {
            (!text.is_empty()).then_some(text)
        }
        Account {
            platform: "x",
            id: "1",
            handle: some(&self.handle),
            name: some(&self.name),
            bio: some(&self.bio),
            link: some(&self.link),
            created: self.made,
            ..Account::default()
        }
    }

    /// What the scanner would know of it.
    pub(crate) fn evidence(&self, scanner: &Scanner<'_>) -> Option<Evidence> {
        let mut evidence = scanner.evidence(self.who, &self.account(), Some(EVENT))?;
        evidence.picture = match self.picture {
            's' => PictureSign::Same(Form::Original, 8),
            'm' => PictureSign::Same(Form::Mirrored, 10),
            'o' => PictureSign::Other,
            _ => PictureSign::Unknown,
        };
        evidence.readers = self.readers;
        Some(evidence)
    }
}

pub(crate) fn pairs(roster: &Roster) -> Vec<Pair> {
    let table = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pairs.tsv");
    let table = std::fs::read_to_string(table).unwrap();
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    rows.map(|line| {
        let cells: Vec<&str> = line.split('|').collect();
        assert_eq!(cells.len(), 9, "{line}");
        let who = roster.protected.iter().position(|entry| entry.id == cells[0]).unwrap();
        let bio = match cells[4].strip_prefix('=') {
            Some(more) => {
                let more = more.strip_prefix('+').unwrap_or(more);
                format!("{}{more}", roster.protected[who].bio)
            }
            None => cells[4].to_owned(),
        };
        Pair {
            who: who as u32,
            label: cells[1].to_owned(),
            handle: cells[2].to_owned(),
            name: cells[3].to_owned(),
            bio,
            link: cells[5].to_owned(),
            made: cells[6].parse::<i64>().ok().map(|days| EVENT + days * DAY),
            picture: cells[7].chars().next().unwrap(),
            readers: cells[8].parse().ok(),
        }
    })
    .collect()
}

/// The values of a pair for the regression: a one, then each feature.
pub(crate) fn row(evidence: &Evidence) -> Vec<f64> {
    let mut row = vec![0.0; Feature::ALL.len() + 1];
    row[0] = 1.0;
    for (feature, _) in evidence.features() {
        row[feature as usize + 1] = 1.0;
    }
    row
}
