//! Dates without a calendar library: the benchmark's stream writes a million times a second.

/// Seconds in a day.
pub const DAY: i64 = 86_400;

/// Seconds in an hour.
pub const HOUR: i64 = 3_600;

/// A date and a time of day in the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// The year.
    pub year: i64,
    /// The month, from 1.
    pub month: i64,
    /// The day of the month, from 1.
    pub day: i64,
    /// The second of the day.
    pub second: i64,
}

/// The date and time of day `seconds` after 1970-01-01T00:00:00.
///
/// Hinnant 2014, "chrono-compatible low-level date algorithms": years are counted from March, so
/// that the leap day is the last of its year, in eras of 400 years.
#[must_use]
pub fn civil(seconds: i64) -> Civil {
    let days = seconds.div_euclid(DAY) + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let leap_days = day_of_era / 1_460 - day_of_era / 36_524 + day_of_era / 146_096;
    let year_of_era = (day_of_era - leap_days) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    Civil {
        year: era * 400 + year_of_era + i64::from(month <= 2),
        month,
        day: day_of_year - (153 * march_month + 2) / 5 + 1,
        second: seconds.rem_euclid(DAY),
    }
}

/// `2023-01-16T08:30:00`, without a zone.
#[must_use]
pub fn iso(seconds: i64) -> String {
    let Civil { year, month, day, second } = civil(seconds);
    let (hour, minute, second) = (second / HOUR, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
}

#[cfg(test)]
mod tests {
    use charivari_model::Timestamp;

    use super::*;

    #[test]
    fn dates_agree_with_the_calendar() {
        for seconds in [0, -1, 951_782_400, 1_673_827_200, 1_709_164_799, 4_107_542_400] {
            let expected = Timestamp::from_seconds(seconds).to_string();
            assert_eq!(format!("{}Z", iso(seconds)), expected);
        }
        // Each day of eight centuries.
        for day in 0..292_000 {
            let expected = Timestamp::from_seconds(day * DAY - 4 * 1_000_000_000).to_string();
            assert_eq!(format!("{}Z", iso(day * DAY - 4 * 1_000_000_000)), expected);
        }
    }
}
