//! A column as its judges see it: counts over all values, and a closer look at a sample.

use std::collections::BTreeMap;

use super::super::sample::Sample;
use super::super::say::{grouped, percent};
use super::super::shape::{Class, is_placeholder};
use super::super::stats::Column;
use super::super::words::{plain, western_digits};

/// A column.
pub(crate) struct View<'t> {
    /// Its name, empty where it has none.
    pub(crate) name: &'t str,
    /// Counts over all its values.
    pub(crate) counts: &'t Column,
    /// Values of the sample that say something, with western digits and no spaces around them.
    pub(crate) values: Vec<String>,
    /// The different ones among them, made plain, with how often each occurs.
    pub(crate) plain: BTreeMap<String, u64>,
    /// The country that the analyst named.
    pub(crate) country: Option<&'t str>,
}

impl<'t> View<'t> {
    pub(crate) fn new(
        name: &'t str,
        counts: &'t Column,
        sample: &Sample,
        column: usize,
        country: Option<&'t str>,
    ) -> Self {
        let values: Vec<String> = sample.column(column).filter_map(tidy).collect();
        let mut distinct = BTreeMap::<String, u64>::new();
        for value in &values {
            *distinct.entry(plain(value)).or_default() += 1;
        }
        Self { name, counts, values, plain: distinct, country }
    }

    /// The share of the sample for which something holds.
    pub(crate) fn holds(&self, is_such: impl Fn(&str) -> bool) -> f64 {
        let count = self.values.iter().filter(|value| is_such(value)).count();
        if self.values.is_empty() { 0.0 } else { count as f64 / self.values.len() as f64 }
    }

    /// The share of all values with one of these classes.
    pub(crate) fn share(&self, classes: &[Class]) -> f64 {
        self.counts.share(classes)
    }

    /// Different values for each value.
    pub(crate) fn variety(&self) -> f64 {
        let distinct = self.counts.distinct.count().count as f64;
        if self.counts.filled() == 0 {
            0.0
        } else {
            (distinct / self.counts.filled() as f64).min(1.0)
        }
    }

    /// How many different values there are.
    pub(crate) fn distinct(&self) -> u64 {
        self.counts.distinct.count().count
    }

    /// `97 % of 4,812 values`, where the share is of all of them.
    pub(crate) fn of_all(&self, share: f64) -> String {
        format!("{} of {} values", percent(share), grouped(self.counts.filled()))
    }

    /// `97 % of 2,048 sampled values`.
    pub(crate) fn of_sample(&self, share: f64) -> String {
        if self.values.len() as u64 >= self.counts.filled() {
            return self.of_all(share);
        }
        format!("{} of {} sampled values", percent(share), grouped(self.values.len() as u64))
    }
}

/// A value as judges read it; nothing where it says nothing.
pub(crate) fn tidy(value: &str) -> Option<String> {
    let value = value.trim();
    let says_nothing = value.is_empty()
        || is_placeholder(value.as_bytes())
        || matches!(value, "-" | "--" | "?" | "." | "_");
    (!says_nothing).then(|| western_digits(value))
}
