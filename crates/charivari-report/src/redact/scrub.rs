//! Rewrites one string after another so that it gives nothing away.

use std::ops::Range;

use charivari_model::{Timestamp, When};

use super::Redaction;
use super::fold::{fold, words};
use super::known::{Known, QUOTED, bare};
use super::shape;

const HOUR: i64 = 3_600 * charivari_model::time::MICROS_PER_SECOND;

/// What stood in a place; where several overlap, the first of them in this order is told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mask {
    Account(usize),
    Party(usize),
    SomeAccount,
    SomeParty,
    Analyst,
    Words,
    Post,
    File,
    Place,
    Source,
    Path,
    Mail,
    Link,
    Handle,
    Phone,
    Id,
    Hour(String),
    /// It stays as it is, whatever it looks like.
    Keep,
}

impl Mask {
    /// What stands there now.
    fn text(&self) -> String {
        match self {
            Self::Account(number) => format!("account {number}"),
            Self::Party(number) => format!("party {number}"),
            Self::Hour(hour) => format!("{hour}:00"),
            Self::SomeAccount | Self::Handle => "[account]".to_owned(),
            Self::SomeParty => "[party]".to_owned(),
            Self::Analyst => "[analyst]".to_owned(),
            Self::Words => "[words of a post]".to_owned(),
            Self::Post => "[post]".to_owned(),
            Self::File => "[file]".to_owned(),
            Self::Place => "[place]".to_owned(),
            Self::Source => "[source]".to_owned(),
            Self::Path => "[path removed]".to_owned(),
            Self::Mail | Self::Link => "[address removed]".to_owned(),
            Self::Phone => "[number removed]".to_owned(),
            Self::Id => "[id removed]".to_owned(),
            Self::Keep => String::new(),
        }
    }
}

/// Rewrites the strings and times of a case for one level.
pub(super) struct Scrub {
    known: Known,
    level: Redaction,
}

impl Scrub {
    pub(super) const fn new(known: Known, level: Redaction) -> Self {
        Self { known, level }
    }

    pub(super) fn is_public(&self) -> bool {
        self.level == Redaction::Public
    }

    /// A text without what the level does not show.
    pub(super) fn text(&self, text: &str) -> String {
        let mut found = self.known.strings.find(text);
        let kept: Vec<Range<usize>> = take_kept(&mut found);
        let shapes = shape::find(text).into_iter().filter(|(_, mask)| self.removes(mask));
        found.extend(shapes.filter(|(range, _)| {
            !kept.iter().any(|it| it.start <= range.start && range.end <= it.end)
        }));
        if self.is_public() {
            found.extend(self.quotations(text));
        }
        replaced(text, with_signs(text, found))
    }

    /// The name of a file, which looks like an address often enough (`posts.zip`).
    pub(super) fn text_of_file(&self, name: &str) -> String {
        let is_plain = !name.contains(|c: char| c.is_whitespace() || "@/\\:".contains(c));
        if is_plain && !self.is_public() { name.to_owned() } else { self.text(name) }
    }

    /// A text that may be missing.
    pub(super) fn option(&self, text: Option<String>) -> Option<String> {
        text.map(|text| self.text(&text))
    }

    pub(super) fn texts(&self, texts: &[String]) -> Vec<String> {
        texts.iter().map(|text| self.text(text)).collect()
    }

    fn removes(&self, mask: &Mask) -> bool {
        self.is_public() || matches!(mask, Mask::Link | Mask::Mail | Mask::Phone | Mask::Path)
    }

    /// Runs of words that stand in a post.
    fn quotations(&self, text: &str) -> Vec<(Range<usize>, Mask)> {
        if self.known.quoted.is_empty() {
            return Vec::new();
        }
        let words = words(text);
        let is_quoted = |run: &&[(String, usize, usize)]| {
            let joined: Vec<&str> = run.iter().map(|word| word.0.as_str()).collect();
            self.known.quoted.contains(&joined.join(" "))
        };
        words
            .windows(QUOTED)
            .filter(is_quoted)
            .map(|run| (run[0].1..run[QUOTED - 1].2, Mask::Words))
            .collect()
    }

    /// The name of somebody who worked on the case; empty where it is not shown.
    pub(super) fn analyst(&self, name: &str) -> String {
        let is_contact = !self.is_public() && name == self.known.contact;
        if is_contact { name.to_owned() } else { String::new() }
    }

    /// An account, by its key or a name.
    pub(super) fn account(&self, name: &str) -> String {
        if !self.is_public() {
            return name.to_owned();
        }
        match self.known.accounts.get(&bare(&fold(name))) {
            Some(Some(number)) => Mask::Account(*number).text(),
            _ => Mask::SomeAccount.text(),
        }
    }

    /// A party, by a name.
    pub(super) fn party(&self, name: &str) -> String {
        match self.known.parties.get(&bare(&fold(name))) {
            Some(number) => Mask::Party(*number).text(),
            None => self.text(name),
        }
    }

    /// Whether the words of this speaker may be quoted.
    pub(super) fn may_quote(&self, who: &str) -> bool {
        !self.is_public() || self.known.bodies.contains(&bare(&fold(who)))
    }

    /// Whether an accepted finding names this account.
    pub(super) fn is_accepted(&self, account: &str) -> bool {
        self.known.accepted.contains(&bare(&fold(account)))
    }

    /// An instant, by the hour where the level shows no more.
    pub(super) fn time(&self, time: Timestamp) -> Timestamp {
        if self.is_public() {
            // Rounding down past the least instant of all would leave its range.
            Timestamp(time.0.saturating_sub(time.0.rem_euclid(HOUR)))
        } else {
            time
        }
    }

    /// A time with its uncertainty, by the hour where the level shows no more.
    pub(super) fn when(&self, when: When) -> When {
        if !self.is_public() {
            return When { given: self.text(&when.given), ..when };
        }
        let from = self.time(when.from);
        let to = Timestamp(self.time(when.to).0.saturating_add(HOUR - 1));
        let is_coarse = from == when.from && to == when.to;
        // Only words that say nothing but this very time can stand.
        let is_plain =
            When::parse(&when.given).is_ok_and(|read| read.from == from && read.to == to);
        if is_coarse && is_plain {
            return when;
        }
        let shown = |time: Timestamp| {
            crate::format::civil(time)
                .map_or_else(|| time.to_string(), |at| at.strftime("%Y-%m-%dT%H:00Z").to_string())
        };
        let last = self.time(to);
        let given =
            if from == last { shown(from) } else { format!("{}..{}", shown(from), shown(last)) };
        When { from, to, given, zoned: when.zoned }
    }
}

/// Takes the places out that stay as they are.
fn take_kept(found: &mut Vec<(Range<usize>, Mask)>) -> Vec<Range<usize>> {
    let kept =
        found.iter().filter(|(_, mask)| *mask == Mask::Keep).map(|it| it.0.clone()).collect();
    found.retain(|(_, mask)| *mask != Mask::Keep);
    kept
}

/// The at sign before a name goes with it, and so does the word that the pseudonym says itself.
fn with_signs(text: &str, found: Vec<(Range<usize>, Mask)>) -> Vec<(Range<usize>, Mask)> {
    let widened = |(range, mask): (Range<usize>, Mask)| {
        let before = text[..range.start].chars().next_back().filter(|c| matches!(c, '@' | '＠'));
        let start = range.start - before.map_or(0, char::len_utf8);
        let says = matches!(mask, Mask::Account(_)) && text[..start].ends_with(" account ");
        (if says { start - "account ".len() } else { start }..range.end, mask)
    };
    found.into_iter().map(widened).collect()
}

/// Writes a text with other words in the places that were found; places that overlap are one.
fn replaced(text: &str, mut found: Vec<(Range<usize>, Mask)>) -> String {
    found.sort_by(|a, b| a.0.start.cmp(&b.0.start).then(b.0.end.cmp(&a.0.end)));
    let mut merged: Vec<(Range<usize>, Mask)> = Vec::new();
    for (range, mask) in found {
        match merged.last_mut().filter(|last| range.start < last.0.end) {
            Some(last) => {
                last.0.end = last.0.end.max(range.end);
                last.1 = last.1.clone().min(mask);
            }
            None => merged.push((range, mask)),
        }
    }
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    for (range, mask) in merged {
        out.push_str(&text[from..range.start]);
        out.push_str(&mask.text());
        from = range.end;
    }
    out.push_str(&text[from..]);
    out
}
