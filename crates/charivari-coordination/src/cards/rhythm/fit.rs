//! Which zone and week fit, and which others are not clearly worse.
//!
//! A model is a zone (its offset from UTC), a shape of the day and a shape of the week. Each active
//! half hour of an account is one observation; its likelihood is the product of the two shapes at its
//! local time, relative to a uniform week, with the weekdays weighted by how often each came.
//!
//! People rise early and late, and work has shifts. So every zone but the best is given the benefit
//! of the doubt: there the day may be lived earlier or later than its shape, by as much as
//! [`Day::leeway`] says. No zone is ever told more closely than habits allow.
//!
//! Observations are far from independent: one account has its habits, and accounts that act together
//! post on the same days. So two models are not compared by their likelihood ratio alone: it is
//! measured by its own spread over accounts and over days, both at once (Cameron, Gelbach and Miller,
//! "Robust inference with multiway clustering", Journal of Business & Economic Statistics 29(2), 2011;
//! the comparison of models is that of Vuong, Econometrica 57(2), 1989). The sums of squares are not
//! centred, so that one account or one day alone can never carry a verdict: the measure is then 1.

use super::profiles::{DAY, Day, DayShape, WEEK, WEEKS, Week, WeekShape, days, weeks};

/// The offsets from UTC that are looked at, in half hours.
pub(crate) const OFFSETS: std::ops::RangeInclusive<i32> = -24..=28;

/// Beyond this many standard errors a model is clearly worse: one in twenty, one-sided.
const CLEARLY: f64 = 1.645;

/// How many half hours a day and a week have, as times are counted.
pub(crate) const DAY_SLOTS: i64 = 48;
const WEEK_SLOTS: i64 = 7 * DAY_SLOTS;

/// Days beyond this many are taken together, so that memory stays bounded.
const MOST_DAYS: usize = 4_096;

/// An active half hour of an account: the account, and half hours since the epoch.
pub(crate) type Cell = (u32, i64);

/// A zone with a shape of the day and one of the week.
#[derive(Clone, Copy)]
struct Model {
    /// Half hours east of UTC.
    offset: i32,
    day: usize,
    /// By how many half hours the day is lived later than its shape.
    shift: i32,
    week: usize,
    gain: f64,
}

/// What fits.
pub(crate) struct Fit {
    /// The offset that fits best, in half hours, and all that are not clearly worse, ascending.
    pub offset: i32,
    pub offsets: Vec<i32>,
    pub day: Day,
    pub week: Week,
    pub weeks: Vec<Week>,
    /// The log-likelihood against a uniform week, in nats, with prolific accounts scaled down.
    pub gain: f64,
    /// By how many standard errors it beats the uniform week.
    pub errors: f64,
}

impl Fit {
    /// Whether the best model is clearly better than a week without rhythm.
    pub(crate) fn has_rhythm(&self) -> bool {
        self.errors > CLEARLY
    }
}

/// Fits all models to cells, which are sorted and distinct; there is at least one.
pub(crate) fn fit(cells: &[Cell]) -> Fit {
    let weight = weights(cells);
    let shapes = Shapes::over(cells);
    let mut by_bin = [0.0; WEEK];
    for ((_, slot), weight) in cells.iter().zip(&weight) {
        by_bin[bin(*slot)] += weight;
    }
    let models = shapes.best_of_offsets(&by_bin, false);
    let best = best(models.iter().map(best_week));
    // Rivals: the best model of every offset, the best of every week, and the uniform week.
    let lenient = shapes.best_of_offsets(&by_bin, true);
    let mut rivals: Vec<[f64; WEEK]> =
        lenient.iter().map(|of_weeks| shapes.log_ratio(&best_week(of_weeks))).collect();
    for week in 0..WEEKS.len() {
        rivals.push(shapes.log_ratio(&self::best(models.iter().map(|of_weeks| of_weeks[week]))));
    }
    rivals.push([0.0; WEEK]);
    let errors = ahead(&shapes.log_ratio(&best), &rivals, cells, &weight);
    let not_beaten = |at: &usize| errors[*at] <= CLEARLY;
    let count = models.len();
    Fit {
        offset: best.offset,
        offsets: (0..count).filter(not_beaten).map(|at| models[at][0].offset).collect(),
        day: shapes.days[best.day].day,
        week: shapes.weeks[best.week].week,
        weeks: (0..WEEKS.len())
            .filter(|week| not_beaten(&(count + week)))
            .map(|week| WEEKS[week])
            .collect(),
        gain: best.gain,
        errors: errors[rivals.len() - 1],
    }
}

/// The half hour of the week, from Monday midnight; the epoch was a Thursday.
pub(crate) fn bin(slot: i64) -> usize {
    (slot.rem_euclid(WEEK_SLOTS).cast_unsigned() as usize + 3 * DAY) % WEEK
}

/// What each cell counts: accounts with more than twice the median of cells count as twice it.
fn weights(cells: &[Cell]) -> Vec<f64> {
    let mut counts: Vec<usize> = cells.chunk_by(|a, b| a.0 == b.0).map(<[Cell]>::len).collect();
    counts.sort_unstable();
    let most = 2.0 * counts.get(counts.len() / 2).copied().unwrap_or(1) as f64;
    let of_account = |run: &[Cell]| vec![(most / run.len() as f64).min(1.0); run.len()];
    cells.chunk_by(|a, b| a.0 == b.0).flat_map(of_account).collect()
}

/// The best of some models; of equals the one closest to UTC.
fn best(models: impl Iterator<Item = Model>) -> Model {
    let none = Model { offset: i32::MAX, day: 0, shift: 0, week: 0, gain: f64::NEG_INFINITY };
    models.fold(none, |best, model| {
        let closer = model.offset.unsigned_abs() < best.offset.unsigned_abs();
        // What differs by less than rounding is equal.
        let equal = (model.gain - best.gain).abs() <= 1e-9 * best.gain.abs().max(1.0);
        let better = if equal { closer } else { model.gain > best.gain };
        if better { model } else { best }
    })
}

fn best_week(of_weeks: &[Model; WEEKS.len()]) -> Model {
    best(of_weeks.iter().copied())
}

/// The shapes, and how often each weekday came.
struct Shapes {
    days: Vec<DayShape>,
    weeks: Vec<WeekShape>,
    first: i64,
    /// How many half hours there are from the first cell to the last.
    slots: i64,
}

impl Shapes {
    fn over(cells: &[Cell]) -> Self {
        let first = cells.iter().map(|cell| cell.1).min().unwrap_or(0);
        let last = cells.iter().map(|cell| cell.1).max().unwrap_or(0);
        let slots = last.saturating_sub(first).saturating_add(1);
        Self { days: days(), weeks: weeks(), first, slots }
    }

    /// Which share of the time each local weekday has.
    fn exposure(&self, offset: i32) -> [f64; 7] {
        let whole = self.slots / WEEK_SLOTS;
        let mut slots = [whole as f64 * DAY as f64; 7];
        let rest = (self.slots % WEEK_SLOTS).unsigned_abs();
        let start = bin(self.first.saturating_add(offset.into()));
        for at in 0..rest as usize {
            slots[(start + at) % WEEK / DAY] += 1.0;
        }
        slots.map(|of_day| of_day / self.slots as f64)
    }

    /// For every offset and kind of week, the best model. `lenient` lets days be lived earlier or
    /// later than their shape.
    fn best_of_offsets(&self, by_bin: &[f64; WEEK], lenient: bool) -> Vec<[Model; WEEKS.len()]> {
        let mut by_time = [0.0; DAY];
        for (bin, weight) in by_bin.iter().enumerate() {
            by_time[bin % DAY] += weight;
        }
        // The gain of each shape of the day at each offset, which is the same a day further.
        let gains: Vec<[f64; DAY]> =
            self.days.iter().map(|shape| day_gains(shape, &by_time)).collect();
        let of_offset = |offset: i32| {
            let nothing = Model { offset, day: 0, shift: 0, week: 0, gain: f64::NEG_INFINITY };
            let mut best = nothing;
            for (day, (shape, gains)) in self.days.iter().zip(&gains).enumerate() {
                let leeway = if lenient { shape.day.leeway() } else { 0 };
                for shift in -leeway..=leeway {
                    let gain = gains[local(0, offset - shift) % DAY];
                    if gain > best.gain {
                        best = Model { day, shift, gain, ..nothing };
                    }
                }
            }
            self.with_weeks(best, by_bin)
        };
        OFFSETS.map(of_offset).collect()
    }

    /// The best model of each kind of week, on top of one of the day.
    fn with_weeks(&self, of_day: Model, by_bin: &[f64; WEEK]) -> [Model; WEEKS.len()] {
        let mut local_days = [0.0; 7];
        for (bin, weight) in by_bin.iter().enumerate() {
            local_days[local(bin, of_day.offset) / DAY] += weight;
        }
        let exposure = self.exposure(of_day.offset);
        let mut models = [Model { gain: f64::NEG_INFINITY, ..of_day }; WEEKS.len()];
        for (number, shape) in self.weeks.iter().enumerate() {
            let mean = mean(shape, &exposure);
            let term = |(count, weight): (&f64, &f64)| count * (weight / mean).ln();
            let gain = of_day.gain + local_days.iter().zip(&shape.weight).map(term).sum::<f64>();
            let kind = WEEKS.iter().position(|week| *week == shape.week).unwrap_or(0);
            if gain > models[kind].gain {
                models[kind] = Model { week: number, gain, ..of_day };
            }
        }
        models
    }

    /// The logarithm of how much likelier each half hour of a UTC week is than in a uniform one.
    fn log_ratio(&self, model: &Model) -> [f64; WEEK] {
        let (day, week) = (&self.days[model.day], &self.weeks[model.week]);
        let mean = mean(week, &self.exposure(model.offset));
        std::array::from_fn(|bin| {
            let lived = local(bin, model.offset - model.shift) % DAY;
            (day.weight[lived] * week.weight[local(bin, model.offset) / DAY] / mean).ln()
        })
    }
}

/// The log-likelihood of a shape of the day at each offset, against a uniform day.
fn day_gains(shape: &DayShape, by_time: &[f64; DAY]) -> [f64; DAY] {
    let log = shape.weight.map(f64::ln);
    std::array::from_fn(|offset| {
        let term = |(time, weight): (usize, &f64)| weight * log[(time + offset) % DAY];
        by_time.iter().enumerate().map(term).sum()
    })
}

fn mean(shape: &WeekShape, exposure: &[f64; 7]) -> f64 {
    shape.weight.iter().zip(exposure).map(|(weight, share)| weight * share).sum()
}

/// The local half hour of the week at a half hour of the UTC week.
fn local(bin: usize, offset: i32) -> usize {
    (bin + i64::from(offset).rem_euclid(WEEK_SLOTS).cast_unsigned() as usize) % WEEK
}

/// By how many standard errors the best model is ahead of each rival.
fn ahead(best: &[f64; WEEK], rivals: &[[f64; WEEK]], cells: &[Cell], weight: &[f64]) -> Vec<f64> {
    let count = rivals.len();
    // By half hour of the week, so that one cell's differences stand side by side.
    let mut lead = vec![0.0; WEEK * count];
    for (number, rival) in rivals.iter().enumerate() {
        for bin in 0..WEEK {
            lead[bin * count + number] = best[bin] - rival[bin];
        }
    }
    let day_of = |cell: &Cell| cell.1.div_euclid(DAY_SLOTS);
    let mut days: Vec<i64> = cells.iter().map(day_of).collect();
    days.sort_unstable();
    days.dedup();
    let mut by_day = vec![0.0; days.len().min(MOST_DAYS) * count];
    let mut sums =
        Sums { total: vec![0.0; count], account: vec![0.0; count], both: vec![0.0; count] };
    let mut at = 0;
    for account in cells.chunk_by(|a, b| a.0 == b.0) {
        let mut of_account = vec![0.0; count];
        for of_day in account.chunk_by(|a, b| day_of(a) == day_of(b)) {
            let mut sum = vec![0.0; count];
            for (_, slot) in of_day {
                let from = bin(*slot) * count;
                add(&mut sum, &lead[from..from + count], weight[at]);
                at += 1;
            }
            let day = days.binary_search(&day_of(&of_day[0])).unwrap_or(0) % MOST_DAYS * count;
            add(&mut by_day[day..day + count], &sum, 1.0);
            add(&mut of_account, &sum, 1.0);
            add_squares(&mut sums.both, &sum);
        }
        add(&mut sums.total, &of_account, 1.0);
        add_squares(&mut sums.account, &of_account);
    }
    let mut day = vec![0.0; count];
    for of_day in by_day.chunks(count) {
        add_squares(&mut day, of_day);
    }
    (0..count).map(|rival| sums.errors(rival, day[rival])).collect()
}

/// Sums of leads, and of their squares by account and by account and day.
struct Sums {
    total: Vec<f64>,
    account: Vec<f64>,
    both: Vec<f64>,
}

impl Sums {
    fn errors(&self, rival: usize, day: f64) -> f64 {
        let account = self.account[rival];
        let variance = (account + day - self.both[rival]).max(account).max(day);
        if variance > 1e-18 { self.total[rival] / variance.sqrt() } else { 0.0 }
    }
}

fn add(sums: &mut [f64], values: &[f64], weight: f64) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += weight * value;
    }
}

fn add_squares(sums: &mut [f64], values: &[f64]) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += value * value;
    }
}
