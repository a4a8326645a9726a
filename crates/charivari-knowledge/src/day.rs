//! When something became public, as precisely as its source says.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day, or the month or the year of one that is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    /// 0 where only the year is known.
    month: u8,
    /// 0 where only the month is known.
    of_month: u8,
}

impl Day {
    /// A day of the calendar; a month or year where `day`, or `month` and `day`, are 0.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let is_year = (1000..=9999).contains(&year);
        let whole = month > 0 || day == 0;
        (is_year && whole && month <= 12 && day <= length(year, month)).then_some(Self {
            year,
            month,
            of_month: day,
        })
    }

    /// The last day that it can have been.
    #[must_use]
    pub fn last(self) -> (u16, u8, u8) {
        let month = if self.month == 0 { 12 } else { self.month };
        let day = if self.of_month == 0 { length(self.year, month) } else { self.of_month };
        (self.year, month, day)
    }

    /// Whether it surely was by the end of `other`: a fact of "2023" is not one of 2 February 2023.
    #[must_use]
    pub fn is_by(self, other: Self) -> bool {
        self.last() <= other.last()
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }
}

/// How many days a month has; 31 where it is not known, 0 for what is no month.
fn length(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        0..=12 => 31,
        _ => 0,
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.month, self.of_month) {
            (0, _) => write!(f, "{}", self.year),
            (month, 0) => write!(f, "{}-{month:02}", self.year),
            (month, day) => write!(f, "{}-{month:02}-{day:02}", self.year),
        }
    }
}

impl FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("expected a day such as 2022-10-20, a month or a year, but met \"{text}\"");
        let mut parts = text.trim().split('-');
        let mut next = |width: usize| match parts.next() {
            None => Some(0),
            Some(part) if part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit()) => {
                part.parse::<u16>().ok()
            }
            Some(_) => None,
        };
        let (year, month, day) =
            (next(4).ok_or_else(wrong)?, next(2).ok_or_else(wrong)?, next(2).ok_or_else(wrong)?);
        // Written "2022-00" would pass for a year alone.
        let zero = text.contains("-00");
        let rest = parts.next().is_some();
        let known = Self::new(year, month as u8, day as u8).filter(|_| !zero && !rest);
        known.ok_or_else(wrong)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_day_is_refused() {
        for right in ["2023", "2023-02", "2024-02-29", "2022-10-20"] {
            assert_eq!(right.parse::<Day>().map(|it| it.to_string()).as_deref(), Ok(right));
        }
        for wrong in [
            "",
            "23",
            "2023-2",
            "2023-13",
            "2023-02-29",
            "2023-00",
            "2023-02-00",
            "2023-02-01-1",
            "x",
            "0000",
        ] {
            assert!(wrong.parse::<Day>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_month_is_by_its_end_and_not_before() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        for (fact, as_of, is_by) in [
            ("2023-02-02", "2023-02-02", true),
            ("2023-02-03", "2023-02-02", false),
            ("2023-02", "2023-02-27", false),
            ("2023-02", "2023-02-28", true),
            ("2022", "2023-01-01", true),
            ("2023", "2023-06", false),
            ("2023", "2023", true),
        ] {
            assert_eq!(day(fact).is_by(day(as_of)), is_by, "{fact} by {as_of}");
        }
    }
}
