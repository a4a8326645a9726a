//! When a group is awake: its week hour by hour, and the time zone and working week it suggests.
//!
//! It is a hint, never proof: hours say when people post, not where they are. People work in shifts
//! and at night, tools post on schedule, emigrants live far from the place they write about, and crews
//! keep the hours of their audience. How much that matters can be seen in the posts of the Internet
//! Research Agency, which worked at UTC+3: groups of its accounts fit zones from UTC−4 (those that
//! played Americans) to UTC+4 (those that played Russian newsrooms). A zone with summer time shows as
//! two neighbouring offsets. The text says so wherever the hint is given.

mod fit;
mod profiles;

use serde::Serialize;

use profiles::DAY;
pub use profiles::{Day, Week};

/// Fewer active half hours than this tell nothing.
const FEWEST_CELLS: usize = 60;

/// Posts on fewer days than this tell nothing of hours.
const FEWEST_DAYS: usize = 5;

/// Times over fewer half hours than this tell nothing of weekdays: three weeks.
const FEWEST_SLOTS: i64 = 21 * fit::DAY_SLOTS;

/// Offsets that so many half hours lie between are the same time of day.
const OFFSETS_OF_DAY: i32 = 48;

/// A half hour in microseconds.
const HALF_HOUR: i64 = 1_800_000_000;

/// How much of the zones remains possible: up to four hours, and up to ten.
const NARROW: usize = 9;
const BROAD: usize = 21;

/// What the times say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Too few posts, days or accounts.
    TooFew,
    /// The times are not known to the hour.
    TooCoarse,
    /// No hours of the day stand out as quiet, or too few accounts agree on them.
    NoRhythm,
    /// There is a rhythm, but it fits zones all round the world.
    AnyZone,
    /// It suggests a zone.
    Suggests,
}

/// How closely the hours fit one zone. That says how clear the rhythm is, not whether the people
/// live there: see the module's documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sure {
    /// It cannot be told.
    CannotTell,
    /// The zones that fit span more than four hours, up to ten.
    Broad,
    /// They span at most four hours.
    Narrow,
}

/// When a group is awake.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rhythm {
    /// How many posts there are.
    pub posts: u64,
    /// Of how many accounts.
    pub accounts: u32,
    /// On how many days, in UTC.
    pub days: u32,
    /// Posts by weekday (Monday first) and hour, in UTC.
    pub heat_posts: [[u32; 24]; 7],
    /// The same in hours in which an account was active, however much it posted in them: what one
    /// prolific account cannot decide.
    pub heat: [[u32; 24]; 7],
    /// What they say.
    pub verdict: Verdict,
    /// How closely.
    pub sure: Sure,
    /// The offset from UTC that fits best, in minutes; none unless a zone is suggested.
    pub offset_minutes: Option<i32>,
    /// The offsets that are not clearly worse, in minutes, ascending.
    pub offsets_minutes: Vec<i32>,
    /// The shape of the day that fits best.
    pub day: Option<Day>,
    /// The working week that fits best; none where the times do not cover three weeks, or every
    /// week fits.
    pub week: Option<Week>,
    /// The working weeks that are not clearly worse.
    pub weeks: Vec<Week>,
    /// The log-likelihood against a uniform week, in nats.
    pub gain: f64,
    /// By how many standard errors it beats the uniform week, allowing for few accounts and days.
    pub errors: f64,
}

/// The rhythm of some posts: the account and the time of each in microseconds since the epoch, each
/// post once, in any order.
pub fn of(posts: &[(u32, i64)]) -> Rhythm {
    let mut cells: Vec<fit::Cell> =
        posts.iter().map(|(account, time)| (*account, time.div_euclid(HALF_HOUR))).collect();
    cells.sort_unstable();
    cells.dedup();
    let mut rhythm = counted(posts, &cells);
    let times_of_day = cells
        .chunk_by(|a, b| a.1.rem_euclid(fit::DAY_SLOTS) == b.1.rem_euclid(fit::DAY_SLOTS))
        .count();
    let too_few = cells.len() < FEWEST_CELLS || (rhythm.days as usize) < FEWEST_DAYS;
    if cells.len() >= FEWEST_CELLS && times_of_day == 1 {
        rhythm.verdict = Verdict::TooCoarse;
    } else if !too_few {
        rhythm.suggest(&cells);
    }
    rhythm
}

/// What can be counted; nothing is suggested yet.
fn counted(posts: &[(u32, i64)], cells: &[fit::Cell]) -> Rhythm {
    let mut heat_posts = [[0; 24]; 7];
    let mut heat = [[0; 24]; 7];
    let place = |slot: i64| (fit::bin(slot) / DAY, fit::bin(slot) % DAY / 2);
    for (_, time) in posts {
        let (day, hour) = place(time.div_euclid(HALF_HOUR));
        heat_posts[day][hour] += 1;
    }
    let hour = |cell: &fit::Cell| (cell.0, cell.1.div_euclid(2));
    for same in cells.chunk_by(|a, b| hour(a) == hour(b)) {
        let (day, hour) = place(same[0].1);
        heat[day][hour] += 1;
    }
    let mut days: Vec<i64> = cells.iter().map(|cell| cell.1.div_euclid(fit::DAY_SLOTS)).collect();
    days.sort_unstable();
    days.dedup();
    Rhythm {
        posts: posts.len() as u64,
        accounts: cells.chunk_by(|a, b| a.0 == b.0).count() as u32,
        days: days.len() as u32,
        heat_posts,
        heat,
        verdict: Verdict::TooFew,
        sure: Sure::CannotTell,
        offset_minutes: None,
        offsets_minutes: Vec::new(),
        day: None,
        week: None,
        weeks: Vec::new(),
        gain: 0.0,
        errors: 0.0,
    }
}

impl Rhythm {
    fn suggest(&mut self, cells: &[fit::Cell]) {
        let fit = fit::fit(cells);
        (self.gain, self.errors) = (fit.gain, fit.errors);
        if !fit.has_rhythm() {
            self.verdict = Verdict::NoRhythm;
            return;
        }
        self.offsets_minutes = fit.offsets.iter().map(|offset| offset * 30).collect();
        self.day = Some(fit.day);
        // Offsets a day apart are one time of day.
        let mut of_day: Vec<i32> =
            fit.offsets.iter().map(|offset| offset.rem_euclid(OFFSETS_OF_DAY)).collect();
        of_day.sort_unstable();
        of_day.dedup();
        let span = span(&of_day);
        if span > BROAD {
            self.verdict = Verdict::AnyZone;
            return;
        }
        self.verdict = Verdict::Suggests;
        self.sure = if span > NARROW { Sure::Broad } else { Sure::Narrow };
        self.offset_minutes = Some(fit.offset * 30);
        let first = cells.iter().map(|cell| cell.1).min().unwrap_or(0);
        let last = cells.iter().map(|cell| cell.1).max().unwrap_or(0);
        if last.saturating_sub(first) >= FEWEST_SLOTS {
            self.week = Some(fit.week).filter(|_| fit.weeks.len() < profiles::WEEKS.len());
            self.weeks = fit.weeks;
        }
    }

    /// What it suggests, as sentences for a reader, the caution included.
    pub fn sentence(&self) -> String {
        let zones = ranges(&self.offsets_minutes);
        match self.verdict {
            Verdict::TooFew => "Too few posts, days or accounts to tell a time zone.".to_owned(),
            Verdict::TooCoarse => "The times are too coarse to tell a time zone.".to_owned(),
            Verdict::NoRhythm => {
                "No quiet hours stand out clearly over accounts and days: no time zone is suggested."
                    .to_owned()
            }
            Verdict::AnyZone => {
                format!("There is a daily rhythm, but it fits too many time zones ({zones}).")
            }
            Verdict::Suggests => {
                let day = self.day.map_or("", Day::words);
                let best = self.offset_minutes.map(zone).unwrap_or_default();
                format!(
                    "The hours fit {day} at {best} best; not clearly worse: {zones}. {} {}",
                    self.week_sentence(),
                    "This is a hint, no proof: hours say when people post, not where. Shift work, \
                     scheduling tools, people who live abroad and crews that keep the hours of their \
                     audience look the same."
                )
            }
        }
    }

    fn week_sentence(&self) -> String {
        let Some(week) = self.week else {
            let why = if self.weeks.is_empty() {
                "The times cover too few weeks to tell a working week."
            } else {
                "No working week stands out."
            };
            return why.to_owned();
        };
        let others: Vec<&str> =
            self.weeks.iter().filter(|other| **other != week).map(|other| other.words()).collect();
        if others.is_empty() {
            format!("The week fits {} and no other.", week.words())
        } else {
            format!("The week fits {} best, but also {}.", week.words(), others.join(", "))
        }
    }
}

/// The shortest arc of the day that covers all offsets, in half hours, both ends included.
fn span(of_day: &[i32]) -> usize {
    let Some((first, last)) = of_day.first().zip(of_day.last()) else { return DAY };
    let round = first + OFFSETS_OF_DAY - last;
    let widest = of_day.windows(2).map(|pair| pair[1] - pair[0]).fold(round, i32::max);
    (OFFSETS_OF_DAY - widest + 1).unsigned_abs() as usize
}

/// `UTC+03:30`.
fn zone(minutes: i32) -> String {
    let sign = if minutes < 0 { '−' } else { '+' };
    let minutes = minutes.unsigned_abs();
    format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Offsets that follow each other, as ranges.
fn ranges(minutes: &[i32]) -> String {
    let runs = minutes.chunk_by(|a, b| b - a == 30).map(|run| match run {
        [only] => zone(*only),
        _ => format!("{} to {}", zone(run[0]), zone(run[run.len() - 1])),
    });
    runs.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
