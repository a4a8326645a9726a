//! An invented magazine's customers with their history, and a leak made of them.
//!
//! Whoever says that a leaked table is genuine, how old it is and how large needs tables whose truth
//! is known. This module draws one: people who sign up with growth, seasons and bursts; a row of ids
//! with gaps; people who move, with the old value and the instant of the change; gifts, foreigners,
//! delivery notes; and the dirt of a table that was typed in by people. A [`Leak`] is what a thief
//! sells of it: a dump as of a planted date, in the columns of one processor, a sample that the
//! seller chose, and the truth about both.
//!
//! Nobody in it exists. Each customer's address for mail has a token (`zqx` and six more signs) that
//! is in no other row and in no other text, so that any output can be searched for it; family names
//! are of invented syllables; telephone numbers are of the ranges that are kept for fiction (in
//! France 10,000 a range, so that numbers repeat), hosts are under `example` names.

mod calendar;
mod dirt;
mod leak;
mod people;
mod places;
mod tables;
mod words;

use serde::Serialize;

use crate::clock::DAY;

pub use leak::{Chosen, Leak, Processor, SampleRow};
pub use places::Address;
pub use tables::{
    write_canaries, write_customers, write_customers_sql, write_decoys, write_dump, write_dump_sql,
    write_history, write_sample, write_truth_dump, write_truth_sample,
};

/// What the table is to be like. Instants are seconds since 1970.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Settings {
    /// The seed: the same settings give the same bytes.
    pub seed: u64,
    /// Rows of the organisation's table as it is at `last`.
    pub count: usize,
    /// When the first customer signed up.
    pub first: i64,
    /// The present of the organisation's table.
    pub last: i64,
    /// When the copy was taken that is leaked.
    pub snapshot: i64,
    /// The share of customers who have moved at least once.
    pub movers: f64,
    /// The share that lives abroad.
    pub foreign: f64,
    /// The share of customers who were erased after they had signed up, some after the snapshot.
    pub erased: f64,
    /// Rows of the seller's sample.
    pub sample: usize,
    /// How the seller chose them.
    pub chosen: Chosen,
    /// Whose copy was taken.
    pub processor: Processor,
    /// Invented people for false matches.
    pub decoys: usize,
    /// Invented people that each processor's copy alone holds.
    pub canaries: usize,
    /// How many of the canaries of the leaked copy are in the sample.
    pub canaries_in_sample: usize,
}

impl Settings {
    /// A magazine of `count` customers that was copied in the summer before the present.
    #[must_use]
    pub fn new(count: usize, seed: u64) -> Self {
        // 2009-03-02, 2023-01-09 and 2022-06-15, each at 00:00 UTC.
        let (first, last, snapshot) = (14_305 * DAY, 19_366 * DAY, 19_158 * DAY);
        Self {
            seed,
            count,
            first,
            last,
            snapshot,
            movers: 0.15,
            foreign: 0.04,
            erased: 0.02,
            sample: 200,
            chosen: Chosen::Random,
            processor: Processor::Mailhouse,
            decoys: 200,
            canaries: 25,
            canaries_in_sample: 1,
        }
    }

    /// Whether such a table can be.
    ///
    /// # Errors
    /// What is expected instead, as a sentence.
    pub fn check(&self) -> Result<(), String> {
        let share = |name: &str, value: f64| {
            if (0.0..=0.9).contains(&value) {
                Ok(())
            } else {
                Err(format!("{name} must be a share from 0 to 0.9, not {value}"))
            }
        };
        share("the share of movers", self.movers)?;
        share("the share abroad", self.foreign)?;
        share("the share of erased customers", self.erased)?;
        if self.count == 0 || self.count > 20_000_000 {
            return Err(format!("from 1 to 20 million customers can be drawn, not {}", self.count));
        }
        if self.last - self.first < 60 * DAY {
            return Err("the table must be at least 60 days old".to_owned());
        }
        if self.snapshot <= self.first || self.snapshot > self.last {
            return Err(
                "the copy must be taken after the first customer and before the present".to_owned()
            );
        }
        if self.canaries_in_sample > self.canaries.min(self.sample) {
            return Err("the sample cannot hold more canaries than there are, or than it has rows"
                .to_owned());
        }
        Ok(())
    }
}

/// One customer, as the organisation's table has them at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// The number of the row.
    pub id: u64,
    /// `F`, `M` or empty.
    pub gender: &'static str,
    /// The given name, as it was typed.
    pub given: String,
    /// The family name, as it was typed.
    pub family: String,
    /// The address for mail; empty for a few.
    pub email: String,
    /// The telephone number; empty for many.
    pub phone: String,
    /// Where the magazine is sent to.
    pub address: Address,
    /// The date of birth, in days since 1970; most have given none.
    pub birth: Option<i64>,
    /// What was ordered.
    pub plan: &'static str,
    /// `active`, `ended` or `paused`.
    pub status: &'static str,
    /// The customer who gave it as a present.
    pub gift_from: Option<u64>,
    /// What the post is asked to do.
    pub note: &'static str,
    /// When the row was made.
    pub created: i64,
    /// When the address was changed last.
    pub address_changed: Option<i64>,
    /// When the address for mail was changed last.
    pub email_changed: Option<i64>,
    /// When the row was erased; such rows are not in the organisation's table any more.
    pub erased: Option<i64>,
    /// Former addresses, each with the instant until which it stood in the row.
    pub former: Vec<(i64, Address)>,
    /// The former address for mail, with the instant until which it stood in the row.
    pub former_email: Option<(i64, String)>,
}

impl Customer {
    /// The address that the row had at `instant`.
    #[must_use]
    pub fn address_at(&self, instant: i64) -> &Address {
        let former = self.former.iter().find(|(until, _)| instant < *until);
        former.map_or(&self.address, |(_, address)| address)
    }

    /// The address for mail that the row had at `instant`.
    #[must_use]
    pub fn email_at(&self, instant: i64) -> &str {
        match &self.former_email {
            Some((until, email)) if instant < *until => email,
            _ => &self.email,
        }
    }

    /// Whether a copy that is taken at `instant` has the row.
    #[must_use]
    pub fn is_at(&self, instant: i64) -> bool {
        self.created <= instant && self.erased.is_none_or(|erased| instant < erased)
    }
}

/// The organisation's customers: those of today, and those who were erased.
#[derive(Clone, Debug)]
pub struct Customers {
    /// What they were drawn from.
    pub settings: Settings,
    /// All who ever were customers, by id.
    pub all: Vec<Customer>,
    /// Ids that were never given to a customer, each with the instant at which it was passed over.
    pub gaps: Vec<(u64, i64)>,
}

impl Customers {
    /// The rows of the organisation's table at the end, by id.
    pub fn rows(&self) -> impl Iterator<Item = &Customer> {
        self.all.iter().filter(|customer| customer.erased.is_none())
    }
}

/// Draws the customers of `settings`.
#[must_use]
pub fn generate(settings: &Settings) -> Customers {
    let (all, gaps) = people::draw(settings);
    Customers { settings: settings.clone(), all, gaps }
}

/// Says that the data is synthetic, and what each file holds, in plain text.
pub const README: &str = include_str!("readme.txt");
