//! Dates and instants in the forms of exports, read without a library because every value passes.

/// The form in which a date stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// `1984-03-12`
    Iso,
    /// `1984/03/12`
    YearFirst,
    /// `12/03/1984`, of which the order is open.
    Slashes,
    /// `25/03/1984`
    DayFirst,
    /// `03/25/1984`
    MonthFirst,
    /// `12.03.1984`
    Dots,
    /// `12-03-1984`
    Dashes,
}

/// The number of forms.
pub(crate) const FORMS: usize = 7;

impl Form {
    /// The form as a pattern.
    pub(crate) fn pattern(self) -> &'static str {
        match self {
            Self::Iso => "YYYY-MM-DD",
            Self::YearFirst => "YYYY/MM/DD",
            Self::Slashes => "??/??/YYYY",
            Self::DayFirst => "DD/MM/YYYY",
            Self::MonthFirst => "MM/DD/YYYY",
            Self::Dots => "DD.MM.YYYY",
            Self::Dashes => "DD-MM-YYYY",
        }
    }

    /// All forms, in the order of their declaration.
    pub(crate) const ALL: [Self; FORMS] = [
        Self::Iso,
        Self::YearFirst,
        Self::Slashes,
        Self::DayFirst,
        Self::MonthFirst,
        Self::Dots,
        Self::Dashes,
    ];
}

/// A date as it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) form: Form,
    /// The year as it stands: of the Iranian calendar from 1200 to 1500.
    pub(crate) year: i32,
    pub(crate) month: u32,
    pub(crate) day: u32,
    /// Seconds since midnight, where a time of day stands.
    pub(crate) second: Option<u32>,
}

impl Moment {
    /// Days since 1970-01-01; good to three days for dates of the Iranian calendar.
    pub(crate) fn days(self) -> i64 {
        if self.is_iranian() {
            let into_year =
                i64::from((self.month - 1) * 31 - (self.month.saturating_sub(7)) + self.day - 1);
            return days_of(self.year + 621, 3, 21) + into_year;
        }
        days_of(self.year, self.month, self.day)
    }

    /// Whether the year is one of the Iranian calendar.
    pub(crate) fn is_iranian(self) -> bool {
        (1_200..1_500).contains(&self.year)
    }

    /// The year of the common calendar.
    pub(crate) fn common_year(self) -> i32 {
        if self.is_iranian() { self.year + 621 } else { self.year }
    }
}

/// Days since 1970-01-01 of a date of the Gregorian calendar (Hinnant, "chrono-compatible
/// low-level date algorithms").
pub(crate) fn days_of(year: i32, month: u32, day: u32) -> i64 {
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = i64::from((153 * ((month + 9) % 12) + 2) / 5 + day - 1);
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of a number of days since 1970-01-01.
pub(crate) fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// Days since 1970-01-01 as `1984-03-12`.
pub(crate) fn shown(days: i64) -> String {
    let (year, month, day) = civil(days);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Reads a date at the start of a value; behind it only a time of day may stand.
#[inline]
pub(crate) fn read(bytes: &[u8]) -> Option<Moment> {
    let Some((year, month, day)) = iso(bytes) else { return read_any(bytes) };
    let most = if (1_200..1_500).contains(&year) { 31 } else { days_in(month)? };
    if !(1..=12).contains(&month) || !(1..=most).contains(&day) || !(1_200..=2_199).contains(&year)
    {
        return None;
    }
    let second = match &bytes[10..] {
        [] => None,
        rest => Some(clock(rest).or_else(|| time_of_day(rest))?),
    };
    Some(Moment { form: Form::Iso, year: year.cast_signed(), month, day, second })
}

/// Year, month and day where a value begins as `1984-03-12` does, which most dates of exports do; what
/// they are is not looked at. The digits are read at once.
#[inline]
fn iso(bytes: &[u8]) -> Option<(u32, u32, u32)> {
    let [head @ .., tens, ones] = bytes.first_chunk::<10>()?;
    if bytes.get(10).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let head = u64::from_le_bytes(*head.first_chunk::<8>()?);
    let marks = u64::from(b'-') << 32 | u64::from(b'-') << 56;
    let day = u64::from(*tens) | u64::from(*ones) << 8;
    let digits = (head & 0xFFFF_FFFF) | (head >> 40 & 0xFFFF) << 32 | day << 48;
    if head & (0xFF << 32 | 0xFF << 56) != marks || !are_digits(digits) {
        return None;
    }
    let pairs = pairs(digits);
    Some((
        (pairs & 0xFF) as u32 * 100 + (pairs >> 16 & 0xFF) as u32,
        (pairs >> 32 & 0xFF) as u32,
        (pairs >> 48) as u32,
    ))
}

/// The seconds since midnight where a time stands as ` 04:05:06` does, and no digit behind it.
#[inline]
fn clock(rest: &[u8]) -> Option<u32> {
    let [b' ' | b'T', time @ ..] = rest.first_chunk::<9>()? else { return None };
    let time = u64::from_le_bytes(*time);
    let marks = u64::from(b':') << 16 | u64::from(b':') << 40;
    // Digits stand in place of the colons, so that all eight can be asked at once.
    let digits =
        (time & !(0xFF << 16 | 0xFF << 40)) | u64::from(b'0') << 16 | u64::from(b'0') << 40;
    let is_time = time & (0xFF << 16 | 0xFF << 40) == marks && are_digits(digits);
    if !is_time || rest.get(9).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let two = |at: u32| (digits >> at & 15) as u32 * 10 + (digits >> (at + 8) & 15) as u32;
    let (hour, minute, second) = (two(0), two(24), two(48));
    (hour < 24 && minute < 60 && second < 61).then_some(hour * 3_600 + minute * 60 + second)
}

/// Whether all eight bytes are digits.
#[inline]
fn are_digits(word: u64) -> bool {
    let high = 0xF0F0_F0F0_F0F0_F0F0;
    let zeros = 0x3030_3030_3030_3030;
    word & high == zeros && word.wrapping_add(0x0606_0606_0606_0606) & high == zeros
}

/// Four numbers of two digits each, in lanes of 16 bits.
#[inline]
fn pairs(digits: u64) -> u64 {
    (digits & 0x0F0F_0F0F_0F0F_0F0F).wrapping_mul(10 << 8 | 1) >> 8 & 0x00FF_00FF_00FF_00FF
}

/// The days of a month in a leap year.
fn days_in(month: u32) -> Option<u32> {
    let days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    days.get((month as usize).wrapping_sub(1)).copied()
}

/// Reads a date in any form.
fn read_any(bytes: &[u8]) -> Option<Moment> {
    let (first, at) = number(bytes, 0)?;
    let mark = *bytes.get(at)?;
    let (second, after) = number(bytes, at + 1)?;
    if *bytes.get(after)? != mark || !matches!(mark, b'-' | b'/' | b'.') {
        return None;
    }
    let (third, end) = number(bytes, after + 1)?;
    let third_long = end - after - 1 == 4;
    let (form, year, month, day) = match (mark, at, third_long) {
        (b'-', 4, false) => (Form::Iso, first, second, third),
        (b'/', 4, false) => (Form::YearFirst, first, second, third),
        (b'/', 1 | 2, true) if first > 12 => (Form::DayFirst, third, second, first),
        (b'/', 1 | 2, true) if second > 12 => (Form::MonthFirst, third, first, second),
        (b'/', 1 | 2, true) => (Form::Slashes, third, second, first),
        (b'.', 1 | 2, true) => (Form::Dots, third, second, first),
        (b'-', 1 | 2, true) => (Form::Dashes, third, second, first),
        _ => return None,
    };
    let iranian = (1_200..1_500).contains(&year);
    let most = if iranian { 31 } else { days_in(month)? };
    if !(1..=12).contains(&month) || day == 0 || day > most || !(1_200..=2_199).contains(&year) {
        return None;
    }
    let second = match &bytes[end..] {
        [] => None,
        rest => Some(time_of_day(rest)?),
    };
    Some(Moment { form, year: year.cast_signed(), month, day, second })
}

/// The seconds since midnight that stand behind a date: hours and minutes and what may follow them.
fn time_of_day(rest: &[u8]) -> Option<u32> {
    let [mark, rest @ ..] = rest else { return None };
    if !matches!(mark, b' ' | b'T') {
        return None;
    }
    let (hour, at) = number(rest, 0)?;
    let (minute, end) =
        if rest.get(at) == Some(&b':') { number(rest, at + 1)? } else { return None };
    let second = if rest.get(end) == Some(&b':') { number(rest, end + 1)?.0 } else { 0 };
    (hour < 24 && minute < 60 && second < 61).then_some(hour * 3_600 + minute * 60 + second)
}

/// A number of up to four digits, and where it ends.
fn number(bytes: &[u8], from: usize) -> Option<(u32, usize)> {
    let mut value = 0;
    let mut at = from;
    while let Some(&byte @ b'0'..=b'9') = bytes.get(at) {
        value = value * 10 + u32::from(byte - b'0');
        at += 1;
        if at - from > 4 {
            return None;
        }
    }
    (at > from).then_some((value, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_all_forms() {
        for (text, expected) in [
            ("1984-03-12", Some((Form::Iso, 1984, 3, 12, None))),
            ("2021-02-03 04:05:06.123+01", Some((Form::Iso, 2021, 2, 3, Some(14_706)))),
            ("25/03/1984", Some((Form::DayFirst, 1984, 3, 25, None))),
            ("03/25/1984", Some((Form::MonthFirst, 1984, 3, 25, None))),
            ("1/2/1984", Some((Form::Slashes, 1984, 2, 1, None))),
            ("12.03.1984 10:00", Some((Form::Dots, 1984, 3, 12, Some(36_000)))),
            ("1365/04/31", Some((Form::YearFirst, 1365, 4, 31, None))),
            ("1984-13-12", None),
            ("1984-02-30", None),
            ("192.0.2.7", None),
            ("06-39-98", None),
            ("1984-03-12 rue", None),
        ] {
            let met = read(text.as_bytes()).map(|m| (m.form, m.year, m.month, m.day, m.second));
            assert_eq!(met, expected, "{text}");
        }
    }

    #[test]
    fn the_quick_look_says_what_the_slow_one_says() {
        let mut state = 7_u64;
        let mut draw = |below: usize| {
            state = state.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(0x1405_7B7E_F767_814F);
            (state >> 33) as usize % below
        };
        for start in ["1984-03-12", "2021-02-30 04:05:06", "1365-04-31T23:59:60Z", "2021-12-31 7:5"]
        {
            for _ in 0..20_000 {
                let mut bytes = start.as_bytes().to_vec();
                for _ in 0..=draw(2) {
                    let at = draw(bytes.len());
                    bytes[at] = b"0123456789-: T/.x"[draw(17)];
                }
                if draw(4) == 0 {
                    bytes.push(b"0123456789-: T/.x"[draw(17)]);
                }
                bytes.truncate(bytes.len() - draw(3));
                assert_eq!(read(&bytes), read_any(&bytes), "{}", String::from_utf8_lossy(&bytes));
            }
        }
    }

    #[test]
    fn days_lead_back_to_dates() {
        for (year, month, day, days) in [(1970, 1, 1, 0), (2000, 2, 29, 11_016), (1969, 12, 31, -1)]
        {
            assert_eq!(days_of(year, month, day), days);
            assert_eq!(civil(days), (i64::from(year), i64::from(month), i64::from(day)));
        }
        let iranian = read("1365/04/12".as_bytes()).unwrap();
        assert!((iranian.days() - days_of(1986, 7, 3)).abs() <= 3);
    }
}
