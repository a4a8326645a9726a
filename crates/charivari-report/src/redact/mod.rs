//! Who may read a report, and what is taken out of a case before they do.
//!
//! A report is written from a [`Redacted`] case, and there is no other way to get one: what a level
//! does not show is gone before a page, a text or a table of it exists. Three things are done, in this
//! order: whole records that the level does not allow are left out ([`select`]); the names, ids and
//! words that the rest of the case would give away are learnt ([`known`]); and every string that is
//! left is searched for them and for what looks like a link, an address or a number of a person
//! ([`scrub`]), and written anew.

mod fold;
mod known;
mod records;
mod results;
mod scrub;
mod select;
mod shape;
mod trie;

use charivari_model::case::{Dossier, Redaction};

use crate::Error;

/// A case as one level shows it.
///
/// Only [`redact`] makes one, so that whoever holds it can show all of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Redacted {
    dossier: Dossier,
    level: Redaction,
    left: Vec<String>,
}

impl Redacted {
    /// The case; what the level does not show is not in it.
    pub const fn dossier(&self) -> &Dossier {
        &self.dossier
    }

    /// The level.
    pub const fn level(&self) -> Redaction {
        self.level
    }

    /// What was left out or replaced, in sentences.
    pub fn left(&self) -> &[String] {
        &self.left
    }

    /// The case on its own, such as for an exporter that writes another format from it.
    #[must_use]
    pub fn into_dossier(self) -> Dossier {
        self.dossier
    }
}

/// Takes out of a case what a level does not show.
///
/// # Errors
///
/// [`Error::Marking`] where the marking of the case as a whole forbids the level.
pub fn redact(dossier: Dossier, level: Redaction) -> Result<Redacted, Error> {
    let (marking, most) = (dossier.head.tlp, level.most());
    if marking > most {
        return Err(Error::Marking { level, marking, most });
    }
    if level == Redaction::Internal {
        return Ok(Redacted { dossier, level, left: Vec::new() });
    }
    let (selected, mut left) = select::select(&dossier, level);
    let known = known::Known::of(&dossier, &selected, level);
    left.extend(known.told());
    let scrub = scrub::Scrub::new(known, level);
    let dossier = records::dossier(selected, &scrub);
    left.extend(rules(level).iter().map(|rule| (*rule).to_owned()));
    Ok(Redacted { dossier, level, left })
}

/// What a level always does, in sentences.
const fn rules(level: Redaction) -> &'static [&'static str] {
    match level {
        Redaction::Internal => &[],
        Redaction::Partner => &[
            "Words of posts are shown only where an accepted finding names the account that wrote them.",
            "Addresses of web pages, e-mail addresses and telephone numbers were taken out of every \
             text, since some of them may lead to a leak or to a person.",
            "Notes, names of analysts other than the contact, and the places where files are held were \
             left out.",
        ],
        Redaction::Public => &[
            "Accounts bear pseudonyms, numbered in the order in which accepted findings name them first \
             and the same throughout.",
            "Words of posts, ids, keys, addresses and telephone numbers were taken out of every text, \
             and so were the names of files and analysts.",
            "Times are given by the hour.",
            "Input files are known by their digest alone; files that hold victims' data not even by \
             that, because a digest helps to find the file.",
        ],
    }
}
