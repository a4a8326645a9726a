//! Dates of birth.

use jiff::civil::Date;

/// The date as `1980-04-03`, or nothing where it is none.
///
/// Of 03/04/1980 the first is the day, but in the United States; where that cannot be, the other is.
/// A year of two digits is nothing: whether 08 is 1908 or 2008 nobody can tell.
pub(super) fn iso(value: &str, country: Option<&str>) -> Option<String> {
    let value = value.split(['T', ' ']).next().unwrap_or(value);
    let fields: Vec<&str> =
        value.split(['-', '/', '.']).filter(|field| !field.is_empty()).collect();
    let date = match fields[..] {
        [one] if one.len() == 8 => made(one.get(..4)?, one.get(4..6)?, one.get(6..)?),
        [year, month, day] if year.len() == 4 => made(year, month, day),
        [first, second, year] if year.len() == 4 => {
            let month_first = country.is_some_and(|country| country.eq_ignore_ascii_case("US"));
            let (day, month) = if month_first { (second, first) } else { (first, second) };
            made(year, month, day).or_else(|| made(year, day, month))
        }
        _ => None,
    };
    date.map(|date| date.to_string())
}

fn made(year: &str, month: &str, day: &str) -> Option<Date> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if ![year, month, day].into_iter().all(is_number) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}
