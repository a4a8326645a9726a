//! Pairs of posts on one object within the window: `detect_groups`.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::order::{Grouped, counts, group};
use super::speed;
use super::{CompatError, Options, Rows};
use crate::compat::number::r_number;

/// Pairs of posts, as references to the rows of the input.
///
/// In the peer's row order: objects as they first appear once rows are grouped by account, within
/// one object by the later and then the earlier row; with a speed window by the names of the two
/// contents.
#[derive(Debug, Clone)]
pub struct Pairs<'r> {
    pub(super) rows: &'r Rows<'r>,
    /// The row of the older and of the newer post.
    pub(super) found: Vec<(u32, u32)>,
    /// The speed window in seconds, and for each pair whether it is flagged.
    pub(super) speed: Option<(f64, Vec<bool>)>,
}

/// The pairs of posts that `detect_groups` returns; with a speed window what `flag_speed_share`
/// makes of them.
///
/// # Errors
///
/// [`CompatError::Parameter`] for a window that is no finite number of seconds,
/// [`CompatError::TooManyPairs`] before memory is filled with more pairs than allowed.
pub fn detect<'r>(rows: &'r Rows<'r>, options: &Options) -> Result<Pairs<'r>, CompatError> {
    options.check()?;
    let grouped = group(rows, options.min_participation);
    let pairs = windowed_pairs(rows, &grouped, options)?;
    let pairs = participating(rows, pairs, options.min_participation);
    match options.speed_window_s {
        None => Ok(Pairs { rows, found: pairs, speed: None }),
        Some(seconds) => Ok(speed::flag(rows, pairs, seconds, options.min_participation)),
    }
}

/// Steps 2, 3 and 5 of the module's list.
fn windowed_pairs(
    rows: &Rows<'_>,
    grouped: &Grouped,
    options: &Options,
) -> Result<Vec<(u32, u32)>, CompatError> {
    // Enough objects at a time to be worth a task; an object with very many rows is one task.
    const OBJECTS_PER_TASK: usize = 256;
    let own_object = if options.remove_loops { Some(rows_with_own_object(rows)) } else { None };
    let budget = Budget { limit: options.max_pairs, spent: AtomicU64::new(0) };
    let find = |objects: &[Range<usize>]| {
        let mut finder = Finder {
            rows,
            window: options.time_window_s,
            own_object: own_object.as_deref(),
            shares: Vec::new(),
            places: Vec::new(),
            found: Vec::new(),
        };
        for places in objects {
            finder.object(&grouped.rows[places.clone()], &budget)?;
        }
        Ok(finder.found)
    };
    let parts: Result<Vec<Vec<(u32, u32)>>, CompatError> =
        grouped.objects.par_chunks(OBJECTS_PER_TASK).map(find).collect();
    Ok(parts?.concat())
}

/// The rows whose content has the same name as their object.
fn rows_with_own_object(rows: &Rows<'_>) -> Vec<bool> {
    (0..rows.len() as u32).map(|row| rows.object.name(row) == rows.content.name(row)).collect()
}

/// Pairs that may still be made. Whether it runs out does not depend on the order of spending.
struct Budget {
    limit: u64,
    spent: AtomicU64,
}

impl Budget {
    fn spend(&self, pairs: u64) -> Result<(), CompatError> {
        let add = |spent: u64| Some(spent.saturating_add(pairs));
        let before = self.spent.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
        let before = before.unwrap_or(u64::MAX);
        if before.saturating_add(pairs) > self.limit {
            return Err(CompatError::TooManyPairs { limit: self.limit });
        }
        Ok(())
    }
}

/// Finds the pairs of one object after the other.
struct Finder<'a> {
    rows: &'a Rows<'a>,
    window: f64,
    /// Set where loops are removed.
    own_object: Option<&'a [bool]>,
    /// The object's rows as (time, place among the rows), by time.
    shares: Vec<(f64, u32)>,
    /// The places of each pair, the later in the upper half, so that sorting gives the peer's
    /// order.
    places: Vec<u64>,
    found: Vec<(u32, u32)>,
}

impl Finder<'_> {
    fn object(&mut self, rows: &[u32], budget: &Budget) -> Result<(), CompatError> {
        self.shares.clear();
        let times = rows.iter().map(|&row| self.rows.time[row as usize]);
        self.shares.extend(times.zip(0_u32..).filter(|(time, _)| time.is_finite()));
        self.shares.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));

        let mut pairs = 0_u64;
        self.each_earlier(|_, earlier| pairs += earlier.len() as u64);
        budget.spend(pairs)?;

        let mut places = std::mem::take(&mut self.places);
        places.clear();
        self.each_earlier(|share, earlier| {
            places.extend(earlier.iter().map(|other| {
                let (low, high) = (share.1.min(other.1), share.1.max(other.1));
                u64::from(high) << 32 | u64::from(low)
            }));
        });
        places.sort_unstable();
        for &pair in &places {
            self.keep(rows[(pair & u64::from(u32::MAX)) as usize], rows[(pair >> 32) as usize]);
        }
        self.places = places;
        Ok(())
    }

    /// For each share those before it in time, or at the same time, that lie within the window.
    fn each_earlier(&self, mut visit: impl FnMut((f64, u32), &[(f64, u32)])) {
        let mut start = 0;
        for (place, &share) in self.shares.iter().enumerate() {
            while share.0 - self.shares[start].0 > self.window {
                start += 1;
            }
            visit(share, &self.shares[start..place]);
        }
    }

    /// Keeps a pair unless it is a loop; `first` comes before `second` in the peer's order.
    fn keep(&mut self, first: u32, second: u32) {
        let rows = self.rows;
        if let Some(own_object) = self.own_object
            && (own_object[first as usize]
                || own_object[second as usize]
                || rows.content.id(first) == rows.content.id(second)
                || rows.account.id(first) == rows.account.id(second))
        {
            return;
        }
        let is_newer = rows.time[first as usize] > rows.time[second as usize];
        self.found.push(if is_newer { (second, first) } else { (first, second) });
    }
}

/// Step 4 of the module's list: the pairs of which at least one content belongs to an account that
/// has enough rows among the contents of all pairs.
pub(super) fn participating(
    rows: &Rows<'_>,
    mut pairs: Vec<(u32, u32)>,
    min_participation: u32,
) -> Vec<(u32, u32)> {
    let contents = rows.content.ids();
    let accounts = rows.account.ids();
    let mut paired = vec![false; rows.content.names().len()];
    for &(older, newer) in &pairs {
        paired[contents[older as usize] as usize] = true;
        paired[contents[newer as usize] as usize] = true;
    }
    let is_paired = |row: &usize| paired[contents[*row] as usize];
    let shares = (0..rows.len()).filter(is_paired).map(|row| accounts[row]);
    let counts = counts(shares, rows.account.names().len());
    // Contents are looked up by name: a repeated content may belong to several accounts.
    let mut enough = vec![false; paired.len()];
    for row in (0..rows.len()).filter(is_paired) {
        if counts[accounts[row] as usize] >= min_participation {
            enough[contents[row] as usize] = true;
        }
    }
    let stays = |row: u32| enough[contents[row as usize] as usize];
    pairs.retain(|&(older, newer)| stays(older) || stays(newer));
    pairs
}

impl<'r> Pairs<'r> {
    /// How many pairs there are.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether there are no pairs.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The row of the older post and the row of the newer, as indices into the input's rows.
    pub fn rows(&self) -> &[(u32, u32)] {
        &self.found
    }

    /// Which pairs the speed window flags, in the order of the pairs; none without that window.
    pub fn is_fast(&self) -> Option<&[bool]> {
        self.speed.as_ref().map(|(_, is_fast)| is_fast.as_slice())
    }

    /// The difference in time of a pair, in seconds.
    pub(super) fn time_delta(&self, pair: (u32, u32)) -> f64 {
        (self.rows.time[pair.0 as usize] - self.rows.time[pair.1 as usize]).abs()
    }

    /// The names of the columns; the last one stands only with a speed window, whose seconds it
    /// carries in its name.
    pub fn header(&self) -> Vec<Cow<'static, str>> {
        let names =
            ["object_id", "account_id", "account_id_y", "content_id", "content_id_y", "time_delta"];
        let flag = self
            .speed
            .iter()
            .map(|(seconds, _)| Cow::Owned(format!("time_window_{}", r_number(*seconds))));
        names.into_iter().map(Cow::Borrowed).chain(flag).collect()
    }

    /// The rows of the table as text, in the order of [`Pairs::header`].
    pub fn records(&self) -> impl Iterator<Item = Vec<Cow<'r, str>>> + '_ {
        self.found.iter().enumerate().map(|(place, &pair)| {
            let rows = self.rows;
            let mut record = Vec::with_capacity(7);
            record.push(Cow::Borrowed(rows.object.name(pair.0)));
            record.push(Cow::Borrowed(rows.account.name(pair.0)));
            record.push(Cow::Borrowed(rows.account.name(pair.1)));
            record.push(Cow::Borrowed(rows.content.name(pair.0)));
            record.push(Cow::Borrowed(rows.content.name(pair.1)));
            record.push(r_number(self.time_delta(pair)));
            if let Some((_, is_fast)) = &self.speed {
                record.push(Cow::Borrowed(if is_fast[place] { "1" } else { "0" }));
            }
            record
        })
    }
}
