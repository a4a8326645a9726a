//! What detectors find, row by row, and what they could not look at.

use std::sync::Arc;

use arrow_array::{Float64Array, Int64Array, RecordBatch, StringArray, UInt32Array};
use arrow_schema::{DataType, Field, Schema, SchemaRef};

use crate::error::Error;

/// One sign of one account, of a pair or of a group. `docs/detectors.md` says what each kind of
/// sign measures.
#[derive(Clone, Debug, PartialEq)]
pub struct Sign {
    /// The detector.
    pub detector: &'static str,
    /// The kind of sign.
    pub sign: &'static str,
    /// The account, or the lesser of a pair; none for a group.
    pub account: Option<u32>,
    /// The other account of a pair.
    pub other: Option<u32>,
    /// The group, as the context numbers it, or a cluster that the detector found.
    pub group: Option<u32>,
    /// What was measured.
    pub measure: f64,
    /// What the null, or the rest of the data, would have given.
    pub expected: Option<f64>,
    /// How many trials, posts or accounts the measure rests on.
    pub of: u64,
    /// How often chance alone would give as much, under the null that the detector states.
    pub p: Option<f64>,
    /// The least false discovery rate at which the sign still stands.
    pub q: Option<f64>,
    /// What a reader has to know besides: the window, the pattern, the period.
    pub detail: String,
}

impl Sign {
    /// A sign with no account, no test and no detail yet.
    pub(crate) fn new(detector: &'static str, sign: &'static str, measure: f64, of: u64) -> Self {
        Self {
            detector,
            sign,
            account: None,
            other: None,
            group: None,
            measure,
            expected: None,
            of,
            p: None,
            q: None,
            detail: String::new(),
        }
    }
}

/// What a detector could not look at, cut, or tested without a find.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Note {
    /// The detector.
    pub detector: &'static str,
    /// What it is about, as a stable word.
    pub about: &'static str,
    /// How many, where that says something.
    pub count: Option<u64>,
    /// A sentence for a reader.
    pub text: String,
}

/// All that one detector has to say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Signs {
    /// The signs, in an order that the detector defines.
    pub rows: Vec<Sign>,
    /// What was left out, and how much was tested.
    pub notes: Vec<Note>,
}

impl Signs {
    /// The columns of [`Signs::table`].
    pub fn schema() -> SchemaRef {
        let text = |name: &str, nullable| Field::new(name, DataType::Utf8, nullable);
        let number = |name: &str, nullable| Field::new(name, DataType::Float64, nullable);
        Arc::new(Schema::new(vec![
            text("detector", false),
            text("sign", false),
            text("account", true),
            text("other", true),
            Field::new("group", DataType::UInt32, true),
            number("measure", false),
            number("expected", true),
            Field::new("of", DataType::Int64, false),
            number("p_value", true),
            number("q_value", true),
            text("detail", false),
        ]))
    }

    /// The signs as a table; `name` gives the key of an account by its number.
    ///
    /// # Errors
    /// `E0414` if the table cannot be built, which would be a fault here.
    pub fn table<'n>(&self, name: impl Fn(u32) -> &'n str) -> Result<RecordBatch, Error> {
        let texts = |of: &dyn Fn(&Sign) -> String| -> Arc<StringArray> {
            Arc::new(StringArray::from_iter_values(self.rows.iter().map(of)))
        };
        let names = |of: &dyn Fn(&Sign) -> Option<u32>| -> Arc<StringArray> {
            Arc::new(self.rows.iter().map(|sign| of(sign).map(&name)).collect())
        };
        let numbers = |of: &dyn Fn(&Sign) -> Option<f64>| -> Arc<Float64Array> {
            Arc::new(self.rows.iter().map(of).collect())
        };
        let of = |sign: &Sign| i64::try_from(sign.of).unwrap_or(i64::MAX);
        RecordBatch::try_new(
            Self::schema(),
            vec![
                texts(&|sign| sign.detector.to_owned()),
                texts(&|sign| sign.sign.to_owned()),
                names(&|sign| sign.account),
                names(&|sign| sign.other),
                Arc::new(self.rows.iter().map(|sign| sign.group).collect::<UInt32Array>()),
                numbers(&|sign| Some(sign.measure)),
                numbers(&|sign| sign.expected),
                Arc::new(Int64Array::from_iter_values(self.rows.iter().map(of))),
                numbers(&|sign| sign.p),
                numbers(&|sign| sign.q),
                texts(&|sign| sign.detail.clone()),
            ],
        )
        .map_err(|error| Error::Table(error.to_string()))
    }

    /// Notes something.
    pub(crate) fn note(
        &mut self,
        detector: &'static str,
        about: &'static str,
        count: Option<u64>,
        text: impl Into<String>,
    ) {
        self.notes.push(Note { detector, about, count, text: text.into() });
    }

    /// Notes that a part of the context is missing.
    pub(crate) fn lacks(&mut self, detector: &'static str, part: &'static str) {
        self.note(detector, part, None, format!("{part}: not in this data"));
    }
}

/// The cluster of each pair, from 0, where pairs that share an account are in one cluster: the
/// cluster with most pairs first, of equals that with the least account.
pub(crate) fn clusters(pairs: &[(u32, u32)]) -> Vec<u32> {
    let mut accounts: Vec<u32> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let place = |account: u32| accounts.binary_search(&account).unwrap_or(0);
    let mut root: Vec<usize> = (0..accounts.len()).collect();
    for (a, b) in pairs {
        let (a, b) = (find(&mut root, place(*a)), find(&mut root, place(*b)));
        let (least, most) = (a.min(b), a.max(b));
        root[most] = least;
    }
    let roots: Vec<usize> = pairs.iter().map(|(a, _)| find(&mut root, place(*a))).collect();
    let mut sizes = vec![0_usize; accounts.len()];
    for root in &roots {
        sizes[*root] += 1;
    }
    let mut order: Vec<usize> = (0..sizes.len()).filter(|root| sizes[*root] > 0).collect();
    order.sort_by_key(|root| (std::cmp::Reverse(sizes[*root]), *root));
    let mut number = vec![0_u32; sizes.len()];
    for (cluster, root) in order.iter().enumerate() {
        number[*root] = cluster as u32;
    }
    roots.into_iter().map(|root| number[root]).collect()
}

/// The root of a place; the way to it is halved.
fn find(root: &mut [usize], mut place: usize) -> usize {
    while root[place] != place {
        root[place] = root[root[place]];
        place = root[place];
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_that_share_an_account_are_one_cluster() {
        assert_eq!(clusters(&[(7, 9), (1, 2), (5, 2), (1, 5)]), [1, 0, 0, 0]);
        assert!(clusters(&[]).is_empty());
    }

    #[test]
    fn the_table_has_one_row_a_sign_and_nulls_where_nothing_is_known() {
        let mut sign = Sign::new("sync", "in-step", 5.0, 9);
        sign.account = Some(0);
        let signs = Signs { rows: vec![sign], notes: Vec::new() };
        let table = signs.table(|_| "x:1").unwrap();
        assert_eq!((table.num_rows(), table.num_columns()), (1, 11));
        assert_eq!(table.column(3).null_count(), 1);
        assert_eq!(table.column(2).null_count(), 0);
    }
}
