//! What is counted of a column while its values pass: all of it over every value.

use charivari_model::Cell;

use super::shape::{CLASSES, Class, Shape, hash, look, rest};
use super::sketch::{Sketch, empty_hash};
use super::values::date::{FORMS, Moment};
use super::values::{card, iban};
use super::words::western_digits;

/// Counts of one column.
#[derive(Debug, Default)]
pub(super) struct Column {
    /// Fields without a value.
    pub(super) nulls: u64,
    /// Values of each class.
    pub(super) classes: [u64; CLASSES],
    /// Different values, empty ones and placeholders left out.
    pub(super) distinct: Sketch,
    /// Lengths in bytes of values that are not empty.
    pub(super) lengths: Lengths,
    /// Values with letters beyond ASCII.
    pub(super) high: u64,
    /// Values with white space before or behind them.
    pub(super) padded: u64,
    /// Values that are the same as the one before.
    pub(super) repeated: u64,
    /// Order of the values, by their first eight bytes.
    pub(super) order: Order,
    /// Integers.
    pub(super) integers: Box<Integers>,
    /// Dates.
    pub(super) dates: Box<Dates>,
    /// Integers as long as the numbers of cards, and how many of them pass the check of Luhn.
    pub(super) cards: (u64, u64),
    /// Account numbers by their form, and how many pass their check.
    pub(super) ibans: (u64, u64),
    last: u64,
    known: Known,
}

/// So many values are remembered of a column; a power of two.
const KNOWN: usize = 256;

/// Values that were met lately, each in the place that its hash says. Columns of few different values find
/// almost all of theirs here, and need not look at them again.
#[derive(Debug)]
struct Known([Met; KNOWN]);

/// A value that was met: its hash, its class, and whether it has letters beyond ASCII.
#[derive(Clone, Copy, Debug)]
struct Met {
    hash: u64,
    class: Class,
    high: bool,
}

impl Default for Known {
    fn default() -> Self {
        // No value has the hash 0, but for one in 2^64, which would be called empty.
        Self([Met { hash: 0, class: Class::Empty, high: false }; KNOWN])
    }
}

/// Lengths.
#[derive(Debug, Default)]
pub(super) struct Lengths {
    pub(super) least: u32,
    pub(super) greatest: u32,
    pub(super) sum: u64,
    pub(super) count: u64,
}

/// How often a value is above or below the one before.
#[derive(Debug, Default)]
pub(super) struct Order {
    pub(super) rising: u64,
    pub(super) falling: u64,
    pub(super) same: u64,
    last: u64,
    has_last: bool,
}

impl Order {
    #[inline]
    fn add(&mut self, value: u64) {
        // No branch: which way a value goes cannot be guessed.
        self.rising += u64::from(self.has_last && value > self.last);
        self.falling += u64::from(self.has_last && value < self.last);
        self.same += u64::from(self.has_last && value == self.last);
        (self.last, self.has_last) = (value, true);
    }

    /// The share of steps that go up or stay.
    pub(super) fn sorted(&self) -> f64 {
        let steps = self.rising + self.falling + self.same;
        if steps == 0 { 0.0 } else { (self.rising + self.same) as f64 / steps as f64 }
    }

    /// The first byte of the last value.
    pub(super) fn last_initial(&self) -> Option<u8> {
        self.has_last.then_some((self.last >> 56) as u8)
    }
}

/// Integers of up to 18 digits.
#[derive(Debug, Default)]
pub(super) struct Integers {
    pub(super) count: u64,
    pub(super) least: i64,
    pub(super) greatest: i64,
    pub(super) order: Order,
    /// Values that are one more than the one before.
    pub(super) next: u64,
    /// Steps upwards by their length: of 1, 2 to 3, 4 to 7, and so on.
    pub(super) steps: [u64; 24],
    pub(super) even: u64,
    /// Values that begin with 0 and have more digits.
    pub(super) zero_led: u64,
    pub(super) first_digits: [u64; 10],
    pub(super) last_digits: [u64; 10],
    /// Values by the number of their digits.
    pub(super) digits: [u64; 20],
    last: i64,
}

impl Integers {
    fn add(&mut self, bytes: &[u8]) {
        let (negative, digits) = match bytes {
            [b'-', rest @ ..] => (true, rest),
            _ => (false, bytes),
        };
        self.digits[digits.len().min(19)] += 1;
        if digits.len() > 18 {
            return;
        }
        let size = number(digits);
        let value = if negative { -size } else { size };
        let is_first = self.count == 0;
        self.least = if is_first { value } else { self.least.min(value) };
        self.greatest = if is_first { value } else { self.greatest.max(value) };
        self.zero_led += u64::from(digits.len() > 1 && digits[0] == b'0');
        self.first_digits[usize::from(digits[0].wrapping_sub(b'0')).min(9)] += 1;
        self.last_digits[(size.cast_unsigned() % 10) as usize] += 1;
        self.even += u64::from(size % 2 == 0);
        if !is_first {
            let step = value.wrapping_sub(self.last);
            self.next += u64::from(step == 1);
            if step > 0 {
                self.steps[step.ilog2().min(23) as usize] += 1;
            }
        }
        // The order of signed numbers is kept when the sign bit is turned.
        self.order.add(value.cast_unsigned() ^ (1 << 63));
        self.last = value;
        self.count += 1;
    }
}

/// Dates.
#[derive(Debug, Default)]
pub(super) struct Dates {
    pub(super) count: u64,
    pub(super) forms: [u64; FORMS],
    pub(super) iranian: u64,
    /// Days since 1970-01-01.
    pub(super) first: i64,
    pub(super) last: i64,
    pub(super) weekdays: [u64; 7],
    pub(super) with_time: u64,
    pub(super) hours: [u64; 24],
    /// Times of day without seconds, and at midnight.
    pub(super) whole_minutes: u64,
    pub(super) midnights: u64,
    pub(super) order: Order,
    pub(super) months: [u64; 13],
    pub(super) days: [u64; 32],
    /// Dates by the year of the common calendar, from 1890 on; the last also has later ones.
    pub(super) years: Vec<u64>,
    /// First days of a year.
    pub(super) new_years: u64,
}

/// The first year of [`Dates::years`].
pub(super) const FIRST_YEAR: i32 = 1890;

const YEARS: usize = 180;

impl Dates {
    fn add(&mut self, moment: Moment) {
        let days = moment.days();
        let is_first = self.count == 0;
        self.count += 1;
        self.forms[moment.form as usize] += 1;
        self.iranian += u64::from(moment.is_iranian());
        self.first = if is_first { days } else { self.first.min(days) };
        self.last = if is_first { days } else { self.last.max(days) };
        // 1970-01-01 was a Thursday; weekdays count from Monday.
        self.weekdays[(days + 3).rem_euclid(7).cast_unsigned() as usize] += 1;
        self.months[moment.month as usize] += 1;
        self.days[moment.day as usize] += 1;
        self.new_years += u64::from(moment.month == 1 && moment.day == 1);
        if self.years.is_empty() {
            self.years.resize(YEARS, 0);
        }
        let year = usize::try_from(moment.common_year() - FIRST_YEAR).unwrap_or(0).min(YEARS - 1);
        self.years[year] += 1;
        if let Some(second) = moment.second {
            self.with_time += 1;
            self.hours[(second / 3_600).min(23) as usize] += 1;
            self.whole_minutes += u64::from(second % 60 == 0);
            self.midnights += u64::from(second == 0);
        }
        let stamp =
            (days + (1 << 40)).cast_unsigned() * 86_400 + u64::from(moment.second.unwrap_or(0));
        self.order.add(stamp);
    }
}

impl Column {
    /// Counts a cell and gives its hash under the key.
    #[inline]
    pub(super) fn add(&mut self, cell: Cell<'_>, key: u64) -> u64 {
        let Some(text) = cell.text() else {
            self.nulls += 1;
            return 1;
        };
        let bytes = trimmed(text.as_bytes());
        if bytes.is_empty() {
            self.classes[Class::Empty as usize] += 1;
            return empty_hash(key);
        }
        self.padded += u64::from(bytes.len() < text.len());
        let hash = hash(bytes, key);
        let known = self.known.0[hash as usize % KNOWN];
        if known.hash == hash {
            self.classes[known.class as usize] += 1;
            self.high += u64::from(known.high);
            self.measure(bytes, hash);
            self.order.add(prefix(bytes));
        } else {
            self.look_at(bytes, hash);
        }
        hash
    }

    /// A value that is not known.
    fn look_at(&mut self, bytes: &[u8], hash: u64) {
        let shape = Shape::of(bytes);
        if shape.high() > 0 {
            self.high += 1;
            if has_eastern_digits(bytes) {
                return self.eastern(bytes, hash);
            }
        }
        let class = self.count(bytes, shape, hash);
        let is_told_by_class = !matches!(
            class,
            Class::Empty
                | Class::Placeholder
                | Class::Integer
                | Class::Date
                | Class::Phone
                | Class::Iban
        );
        if is_told_by_class {
            self.known.0[hash as usize % KNOWN] = Met { hash, class, high: shape.high() > 0 };
        }
    }

    /// A value with eastern digits is what it would be with western ones.
    #[cold]
    fn eastern(&mut self, bytes: &[u8], hash: u64) {
        let western = western_digits(&String::from_utf8_lossy(bytes));
        let bytes = western.as_bytes();
        self.count(bytes, Shape::of(bytes), hash);
    }

    #[inline]
    fn count(&mut self, bytes: &[u8], shape: Shape, hash: u64) -> Class {
        let (class, moment) = look(bytes, shape);
        self.classes[class as usize] += 1;
        if matches!(class, Class::Empty | Class::Placeholder) {
            return class;
        }
        self.measure(bytes, hash);
        self.distinct.add(hash);
        match class {
            Class::Integer => {
                self.integers.add(bytes);
                if bytes.len() >= 12 {
                    self.card(bytes);
                }
            }
            Class::Date => {
                if let Some(moment) = moment {
                    self.dates.add(moment);
                }
            }
            Class::Iban => {
                self.ibans.0 += 1;
                self.ibans.1 += u64::from(iban::passes(bytes));
            }
            Class::Phone if shape.digits() < 12 => {}
            Class::Phone => self.card(bytes),
            _ => self.order.add(prefix(bytes)),
        }
        class
    }

    /// What is counted of every value that is not empty.
    #[inline]
    fn measure(&mut self, bytes: &[u8], hash: u64) {
        self.repeated += u64::from(hash == self.last);
        self.last = hash;
        let length = bytes.len() as u32;
        let lengths = &mut self.lengths;
        lengths.least = if lengths.count == 0 { length } else { lengths.least.min(length) };
        lengths.greatest = lengths.greatest.max(length);
        lengths.sum += u64::from(length);
        lengths.count += 1;
    }

    /// Numbers as long as those of cards, spaces and dashes left out, are put to the check of Luhn.
    fn card(&mut self, bytes: &[u8]) {
        let mut digits = [0; 20];
        let mut length = 0;
        for byte in bytes.iter().filter(|byte| byte.is_ascii_digit()) {
            let Some(digit) = digits.get_mut(length) else { return };
            *digit = byte - b'0';
            length += 1;
        }
        if (12..=19).contains(&length) {
            self.cards.0 += 1;
            self.cards.1 += u64::from(card::luhn(&digits[..length]));
        }
    }

    /// Values that say something.
    pub(super) fn filled(&self) -> u64 {
        self.lengths.count
    }

    /// How many values have a class.
    pub(super) fn of(&self, class: Class) -> u64 {
        self.classes[class as usize]
    }

    /// The share of values that have one of these classes.
    pub(super) fn share(&self, classes: &[Class]) -> f64 {
        let count: u64 = classes.iter().map(|&class| self.of(class)).sum();
        if self.filled() == 0 { 0.0 } else { count as f64 / self.filled() as f64 }
    }
}

/// The first eight bytes as a number that sorts as they do.
#[inline]
fn prefix(bytes: &[u8]) -> u64 {
    match bytes.first_chunk::<8>() {
        Some(first) => u64::from_be_bytes(*first),
        None => rest(bytes).swap_bytes(),
    }
}

/// The number that digits write, eighteen at most.
#[inline]
fn number(digits: &[u8]) -> i64 {
    match digits.len() {
        0 => 0,
        8 => eight(digits.first_chunk().map_or(0, |all| u64::from_le_bytes(*all))),
        // Shifted, the zeros that fill the word stand in front.
        length @ ..8 => eight(rest(digits) << (8 * (8 - length))),
        _ => digits.iter().fold(0, |sum, &byte| sum * 10 + i64::from(byte & 15)),
    }
}

/// The number of eight digits, the first one lowest, in three steps: pairs, fours, all.
#[inline]
fn eight(word: u64) -> i64 {
    let pairs = (word & 0x0F0F_0F0F_0F0F_0F0F).wrapping_mul(10 << 8 | 1) >> 8;
    let fours = (pairs & 0x00FF_00FF_00FF_00FF).wrapping_mul(100 << 16 | 1) >> 16;
    ((fours & 0x0000_FFFF_0000_FFFF).wrapping_mul(10_000 << 32 | 1) >> 32).cast_signed()
}

#[inline]
fn trimmed(bytes: &[u8]) -> &[u8] {
    match bytes {
        [first, .., last] if !first.is_ascii_whitespace() && !last.is_ascii_whitespace() => bytes,
        _ => bytes.trim_ascii(),
    }
}

fn has_eastern_digits(bytes: &[u8]) -> bool {
    bytes.array_windows().any(|&[lead, next]| {
        (lead == 0xDB && (0xB0..=0xB9).contains(&next))
            || (lead == 0xD9 && (0xA0..=0xA9).contains(&next))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(values: &[&str]) -> Column {
        let mut column = Column::default();
        for value in values {
            column.add(Cell::Text(value), 0);
        }
        column
    }

    #[test]
    fn digits_become_numbers() {
        for text in ["0", "7", "07", "123", "1234", "12345", "1234567", "12345678", "123456789"] {
            assert_eq!(Ok(number(text.as_bytes())), text.parse::<i64>(), "{text}");
        }
        assert!(prefix(b"ab") > prefix(b"a") && prefix(b"b") > prefix(b"abcdefgh"));
    }

    #[test]
    fn counts_follow_every_value() {
        let ids = column(&["1", "2", "3", "7", "1", "", "NULL", " 8 "]);
        assert_eq!(
            (ids.filled(), ids.of(Class::Empty), ids.of(Class::Placeholder), ids.padded),
            (6, 1, 1, 1)
        );
        assert_eq!((ids.integers.least, ids.integers.greatest, ids.integers.next), (1, 8, 2));
        assert_eq!((ids.integers.order.falling, ids.distinct.count().count), (1, 5));
        let dates = column(&["2024-01-01 00:00:00", "2024-01-02 10:30:15"]);
        assert_eq!((dates.dates.weekdays[0], dates.dates.weekdays[1]), (1, 1));
        assert_eq!(
            (dates.dates.midnights, dates.dates.whole_minutes, dates.dates.new_years),
            (1, 1, 1)
        );
        let eastern = column(&["۰۹۱۲۰۰۰۰۱۲۳", "۱۳۶۵/۰۴/۱۲"]);
        assert_eq!((eastern.of(Class::Integer), eastern.dates.iranian), (1, 1));
    }
}
