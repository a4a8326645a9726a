//! Which of these accounts pretend to be one who is protected?

mod bio;
mod usual;

use charivari_text::lookalike::Domain;
use hashbrown::HashMap;
use rayon::prelude::*;
use serde::Serialize;

use self::bio::{bio_key, copied, is_lure, names_handle, says_staff};
use crate::names::{Index, Names, classes, compare};
use crate::picture::{MIN_QUALITY, Print, SAME};
use crate::protected::{Protected, Roster};
use crate::score::{Evidence, Innocent, Link, PictureSign, Score, Usual, innocent, score};
use crate::{Account, domains};

/// Microseconds of a day.
const DAY: f64 = 86_400e6;

/// A picture that so many accounts of a file show is a default or a placeholder, and no sign.
pub const COMMON_PICTURE: usize = 20;

/// What is known beside the accounts; each list is by account, and empty where nothing is known.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// When what is investigated happened, in microseconds since the epoch.
    pub event: Option<i64>,
    /// The pictures of accounts.
    pub pictures: Vec<Option<Print>>,
    /// For each account and protected one, by number: how many of their readers it answered.
    pub readers: HashMap<(u32, u32), u32, foldhash::fast::FixedState>,
    /// The same: the share of its followers who follow the genuine account too.
    pub followers: HashMap<(u32, u32), f64, foldhash::fast::FixedState>,
    /// Whether the data has replies at all, so that none found means none.
    pub has_replies: bool,
}

/// An account that is like one who is protected.
#[derive(Clone, Debug, Serialize)]
pub struct Found {
    /// The account, by its number.
    #[serde(skip)]
    pub account: u32,
    /// Who is protected, by number.
    #[serde(skip)]
    pub protected: u32,
    /// How much speaks for a pretender.
    pub score: Score,
    /// What else it could be.
    pub innocent: Vec<Innocent>,
    /// What was measured.
    #[serde(skip)]
    pub evidence: Evidence,
}

/// What is known of a whole file.
struct File<'a> {
    about: &'a About,
    /// For each of the protected.
    usual: Vec<Usual>,
    pictures: Pictures,
    says_bios: bool,
}

/// The result of a scan.
#[derive(Clone, Debug, Default)]
pub struct Scan {
    /// What was found with a score of at least the least asked for, the highest first.
    pub found: Vec<Found>,
    /// How many accounts were looked at, the genuine ones left out.
    pub accounts: u64,
    /// How many genuine accounts were met.
    pub genuine: u64,
    /// How many pairs were compared in full.
    pub compared: u64,
    /// Pictures that were passed over because many accounts show them.
    pub common_pictures: u64,
}

/// Those who are protected, made ready for comparing.
#[derive(Debug)]
pub struct Scanner<'r> {
    roster: &'r Roster,
    names: Vec<Names>,
    index: Index,
    bios: Vec<String>,
    domains: Vec<Vec<Domain>>,
}

impl<'r> Scanner<'r> {
    /// A scanner for these.
    pub fn new(roster: &'r Roster) -> Self {
        let names: Vec<Names> = roster.protected.iter().map(Names::new).collect();
        let index = Index::new(&names);
        let bios = roster.protected.iter().map(|entry| bio_key(&entry.bio)).collect();
        let domains = roster
            .protected
            .iter()
            .map(|entry| entry.domains.iter().filter_map(|domain| Domain::parse(domain)).collect());
        Self { roster, names, index, bios, domains: domains.collect() }
    }

    /// Those whom each account is like, with scores of at least `least`.
    pub fn scan(&self, accounts: &[Account<'_>], about: &About, least: f64) -> Scan {
        let file = File {
            about,
            usual: usual::of(accounts, &self.names, about.event),
            pictures: Pictures::of(&about.pictures),
            says_bios: accounts.iter().any(|account| account.bio.is_some()),
        };
        let rows: Vec<(u64, u64, Vec<Found>)> = accounts
            .par_iter()
            .enumerate()
            .map(|(number, account)| self.one(number, account, &file, least))
            .collect();
        let mut scan = Scan { common_pictures: file.pictures.passed_over, ..Scan::default() };
        for (genuine, compared, found) in rows {
            scan.genuine += genuine;
            scan.accounts += 1 - genuine;
            scan.compared += compared;
            scan.found.extend(found);
        }
        scan.found.sort_by(|a, b| {
            let order = b.score.total.total_cmp(&a.score.total);
            order.then(a.account.cmp(&b.account)).then(a.protected.cmp(&b.protected))
        });
        scan
    }

    fn one(
        &self,
        number: usize,
        account: &Account<'_>,
        file: &File<'_>,
        least: f64,
    ) -> (u64, u64, Vec<Found>) {
        let about = file.about;
        let handle = account.bare_handle();
        let is_genuine = |entry: &Protected| {
            !handle.is_empty() && entry.has_handle(account.platform, handle)
                || entry.has_handle(account.platform, account.id)
        };
        let candidates = self.index.candidates(account);
        if candidates.iter().any(|who| is_genuine(&self.roster.protected[*who as usize])) {
            return (1, 0, Vec::new());
        }
        let mut found = Vec::new();
        for who in &candidates {
            let Some(mut evidence) = self.evidence(*who, account, about.event) else { continue };
            // Where the source has no bios at all, none is no sign.
            evidence.has_bio |= !file.says_bios;
            evidence.picture = file.pictures.sign(number, &self.roster.protected[*who as usize]);
            let pair = (number as u32, *who);
            evidence.readers = about.readers.get(&pair).copied().or(about.has_replies.then_some(0));
            evidence.followers = about.followers.get(&pair).copied();
            let Some(score) = score(&evidence, &file.usual[*who as usize]) else { continue };
            if score.total >= least {
                let kind = self.roster.protected[*who as usize].kind;
                let innocent = innocent(&evidence, kind);
                found.push(Found {
                    account: number as u32,
                    protected: *who,
                    score,
                    innocent,
                    evidence,
                });
            }
        }
        (0, candidates.len() as u64, found)
    }

    /// What one account's profile says beside one who is protected; nothing where its name is not
    /// alike. Pictures, replies and followers are not in a profile, and left open.
    pub fn evidence(
        &self,
        who: u32,
        account: &Account<'_>,
        event: Option<i64>,
    ) -> Option<Evidence> {
        let entry = &self.roster.protected[who as usize];
        let likeness = compare(&self.names[who as usize], account);
        if likeness.is_empty() {
            return None;
        }
        let bio = account.bio.map(str::trim).filter(|bio| !bio.is_empty());
        let names_genuine = bio.is_some_and(|bio| names_handle(bio, entry));
        Some(Evidence {
            likeness,
            bio_copied: bio.and_then(|bio| copied(&self.bios[who as usize], bio)),
            has_bio: bio.is_some(),
            bio_says: bio.map(classes).unwrap_or_default(),
            staff: bio.is_some_and(|bio| says_staff(bio, entry, names_genuine)),
            names_genuine,
            lure: bio.is_some_and(is_lure),
            picture: PictureSign::Unknown,
            made: made(account, event),
            link: self.link(who, account.link),
            verified: account.verified == Some(true),
            readers: None,
            followers: None,
        })
    }

    fn link(&self, who: u32, link: Option<&str>) -> Link {
        let Some(host) = link.and_then(domains::host_of) else { return Link::None };
        let genuine = &self.domains[who as usize];
        let Some(seen) = Domain::parse(&host) else { return Link::Other };
        if genuine.iter().any(|domain| domain.holds(&seen)) {
            return Link::Genuine;
        }
        let like = genuine.iter().find_map(|domain| {
            let rules = charivari_text::lookalike::between(domain, &seen);
            Some(rules.first()?.describe(domain, &host))
        });
        like.map_or(Link::Other, Link::LookAlike)
    }
}

/// Days from the event to the account's making.
fn made(account: &Account<'_>, event: Option<i64>) -> Option<f64> {
    Some((account.created? as f64 - event? as f64) / DAY)
}

/// Pictures to compare, those that many show left out.
#[derive(Debug)]
struct Pictures {
    prints: Vec<Option<Print>>,
    passed_over: u64,
}

impl Pictures {
    fn of(prints: &[Option<Print>]) -> Self {
        let mut counts: HashMap<_, usize, foldhash::fast::FixedState> = HashMap::default();
        for print in prints.iter().flatten() {
            *counts.entry(print.hash).or_default() += 1;
        }
        let mut passed_over = 0;
        let kept = prints.iter().map(|print| {
            let print = (*print)?;
            if print.quality < MIN_QUALITY || counts[&print.hash] >= COMMON_PICTURE {
                passed_over += 1;
                return None;
            }
            Some(print)
        });
        Self { prints: kept.collect(), passed_over }
    }

    fn sign(&self, number: usize, entry: &Protected) -> PictureSign {
        let Some(Some(print)) = self.prints.get(number) else { return PictureSign::Unknown };
        let all = entry.pictures.iter().map(|genuine| print.forms.nearest(*genuine));
        match all.min_by_key(|(form, distance)| (*distance, *form)) {
            Some((form, distance)) if distance <= SAME => PictureSign::Same(form, distance),
            Some(_) => PictureSign::Other,
            None => PictureSign::Unknown,
        }
    }
}
