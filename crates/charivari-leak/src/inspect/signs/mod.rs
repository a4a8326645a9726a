//! What of a table looks joined, cut, padded or made up: one file a sign, in a static list.
//!
//! A sign has a measure, says how unusual it is, and names what else could explain it. None of them
//! proves anything by itself.

use super::Trail;
use super::judge::View;
use super::result::{Measure, SignReport, Table, Unusual};
use super::sample::Sample;
use super::stats::Column;
use crate::Kind;

/// What signs are read from.
pub(super) struct Context<'t> {
    pub(super) table: &'t Table,
    pub(super) columns: &'t [Column],
    pub(super) views: &'t [View<'t>],
    pub(super) sample: &'t Sample,
    pub(super) trail: &'t Trail,
    pub(super) today: Option<i64>,
}

impl Context<'_> {
    /// The columns of a kind, by index.
    fn of_kind(&self, kind: Kind) -> impl Iterator<Item = usize> {
        self.table
            .columns
            .iter()
            .enumerate()
            .filter(move |(_, column)| column.kind == kind)
            .map(|(index, _)| index)
    }
}

/// One thing that a sign found.
struct Found {
    columns: Vec<usize>,
    statement: String,
    measures: Vec<(&'static str, f64, &'static str)>,
    usual: &'static str,
    unusual: Unusual,
}

/// A sign.
pub struct Sign {
    /// Its id, such as `duplicates`.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What it finds, as a sentence.
    pub finds: &'static str,
    /// Why it matters, as a sentence.
    pub matters: &'static str,
    /// What else could explain it, each as a sentence.
    pub innocent: &'static [&'static str],
    /// Where it is known from.
    pub source: &'static str,
    look: fn(&Context<'_>) -> Vec<Found>,
}

impl std::fmt::Debug for Sign {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sign").field("id", &self.id).finish_non_exhaustive()
    }
}

/// All signs.
pub static SIGNS: &[&Sign] = &[];

/// All signs that a table shows, and the ids of those that it does not.
pub(super) fn look(context: &Context<'_>) -> (Vec<SignReport>, Vec<String>) {
    let (mut reports, mut absent) = (Vec::new(), Vec::new());
    for sign in SIGNS {
        let found = (sign.look)(context);
        if found.is_empty() {
            absent.push(sign.id.to_owned());
        }
        reports.extend(found.into_iter().map(|found| report(sign, found)));
    }
    (reports, absent)
}

fn report(sign: &Sign, found: Found) -> SignReport {
    let measure = |(name, value, unit): (&str, f64, &str)| Measure {
        name: name.to_owned(),
        value,
        unit: unit.to_owned(),
    };
    SignReport {
        sign: sign.id.to_owned(),
        title: sign.title.to_owned(),
        columns: found.columns.into_iter().map(|column| column as u32 + 1).collect(),
        statement: found.statement,
        measures: found.measures.into_iter().map(measure).collect(),
        usual: found.usual.to_owned(),
        unusual: found.unusual,
        innocent: sign.innocent.iter().map(|&text| text.to_owned()).collect(),
    }
}
