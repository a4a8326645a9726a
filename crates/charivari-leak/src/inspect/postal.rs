//! Whether post codes, cities and countries of a table fit each other, over the sample.
//!
//! Tables that were made up, joined from two sources or shifted by a column show here: the codes have
//! the form of another country than the one beside them, equal codes lie in several cities, or codes
//! stand where cities should.

use std::collections::BTreeMap;

use super::judge::tidy;
use super::result::Check;
use super::sample::Sample;
use super::values::postcode;
use super::words::plain;
use crate::Kind;

/// Fewer pairs of equal codes say nothing of their cities.
const LEAST: u64 = 20;

/// The checks of each column, by its place; `country` is the one that the analyst named.
pub(super) fn checks(
    kinds: &[Kind],
    sample: &Sample,
    country: Option<&str>,
    sampled: bool,
) -> Vec<(usize, Check)> {
    let of_kind = |kind: Kind| (0..kinds.len()).filter(move |&column| kinds[column] == kind);
    let make = |check: String, (passed, of): (u64, u64)| Check { check, passed, of, sampled };
    let mut all = Vec::new();
    for code in of_kind(Kind::Postcode) {
        let beside = of_kind(Kind::Country).find_map(|land| {
            let counts = by_row(sample, code, land);
            (counts.1 > 0).then_some((land, counts))
        });
        let form = match beside {
            Some((land, counts)) => {
                Some((format!("the form of the country in column {}", land + 1), counts))
            }
            None => of_table(sample, code, country),
        };
        all.extend(form.map(|(check, counts)| (code, make(check, counts))));
        // The nearest column of cities is the one that belongs to the codes.
        if let Some(city) = of_kind(Kind::City).min_by_key(|city| city.abs_diff(code)) {
            let counts = one_city(sample, code, city);
            if counts.1 >= LEAST {
                let check = format!("equal codes with one city in column {}", city + 1);
                all.push((code, make(check, counts)));
            }
        }
    }
    for city in of_kind(Kind::City) {
        let values: Vec<String> = sample.column(city).filter_map(tidy).collect();
        let passed = values.iter().filter(|value| has_form_of_city(value)).count() as u64;
        all.push((
            city,
            make("no code in place of a city".to_owned(), (passed, values.len() as u64)),
        ));
    }
    all
}

/// How many codes have a form of the country in their row, of those whose country is known.
fn by_row(sample: &Sample, code: usize, land: usize) -> (u64, u64) {
    let pairs = (0..sample.len()).filter_map(|row| {
        let code = sample.value(row, code).and_then(tidy)?;
        let land = postcode::country(&plain(sample.value(row, land)?.trim()))?;
        Some(postcode::countries(&code).contains(&land))
    });
    pairs.fold((0, 0), |(passed, of), fits| (passed + u64::from(fits), of + 1))
}

/// How many codes have the form of the table's country: the one that was named, else the one whose
/// form most of them have. Several countries may share it.
fn of_table(sample: &Sample, code: usize, named: Option<&str>) -> Option<(String, (u64, u64))> {
    let values: Vec<String> = sample.column(code).filter_map(tidy).collect();
    let mut counts = BTreeMap::<&str, u64>::new();
    for country in values.iter().flat_map(|value| postcode::countries(value)) {
        *counts.entry(country).or_default() += 1;
    }
    let of = values.len() as u64;
    let known = named.and_then(|named| postcode::country(&named.to_lowercase()));
    if let Some(known) = known {
        let passed = counts.get(known).copied().unwrap_or(0);
        return Some((format!("the form of {known}"), (passed, of)));
    }
    let most = counts.values().copied().max()?;
    let all: Vec<&str> =
        counts.iter().filter(|(_, count)| **count == most).map(|(country, _)| *country).collect();
    Some((format!("one form, that of {}", all.join(", ")), (most, of)))
}

/// Of values whose code occurs several times, how many stand with the code's commonest city. One of
/// each code is not asked, since something is always the commonest.
fn one_city(sample: &Sample, code: usize, city: usize) -> (u64, u64) {
    let mut groups = BTreeMap::<String, BTreeMap<String, u64>>::new();
    for row in 0..sample.len() {
        let value = |column| sample.value(row, column).and_then(tidy).map(|value| plain(&value));
        if let (Some(code), Some(city)) = (value(code), value(city)) {
            *groups.entry(code).or_default().entry(city).or_default() += 1;
        }
    }
    groups.values().fold((0, 0), |(passed, of), cities| {
        let most = cities.values().copied().max().unwrap_or(1);
        (passed + most - 1, of + cities.values().sum::<u64>() - 1)
    })
}

/// Whether a value has letters, and no run of digits that is longer than the number of a district.
fn has_form_of_city(value: &str) -> bool {
    let mut run = 0;
    let longest = value.chars().map(|c| {
        run = if c.is_ascii_digit() { run + 1 } else { 0 };
        run
    });
    longest.max().unwrap_or(0) < 4 && value.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [Kind; 3] = [Kind::Postcode, Kind::City, Kind::Country];

    fn sample(rows: &[[&str; 3]], times: usize) -> Sample {
        let mut sample = Sample::default();
        for row in (0..times).flat_map(|_| rows) {
            sample.keep(row.iter().map(|value| Some(*value)));
        }
        sample
    }

    fn said(
        kinds: &[Kind],
        sample: &Sample,
        country: Option<&str>,
    ) -> Vec<(usize, String, u64, u64)> {
        let all = checks(kinds, sample, country, false);
        all.into_iter().map(|(at, check)| (at, check.check, check.passed, check.of)).collect()
    }

    #[test]
    fn codes_are_held_against_the_country_and_the_city_of_their_row() {
        let rows = [
            ["75011", "Zqxville", "France"],
            ["SW1A 1AA", "Zqxham", "gb"],
            ["K1A 0B1", "Zqxmont", "FR"],
            ["75011", "Zqxbourg", "FR"],
            ["", "69000", "??"],
        ];
        assert_eq!(
            said(&KINDS, &sample(&rows, 12), None),
            [
                (0, "the form of the country in column 3".to_owned(), 36, 48),
                (0, "equal codes with one city in column 2".to_owned(), 33, 45),
                (1, "no code in place of a city".to_owned(), 48, 60),
            ]
        );
    }

    #[test]
    fn without_a_country_the_table_has_one_form() {
        let rows = [["75011", "Zqxville", ""], ["10115", "Zqxburg", ""], ["A1", "Zqxdorf", ""]];
        let (kinds, sample) = (&KINDS[..2], sample(&rows, 2));
        let form = |country| said(kinds, &sample, country).swap_remove(0);
        assert_eq!(form(None), (0, "one form, that of DE, ES, FR, IT, US".to_owned(), 4, 6));
        assert_eq!(form(Some("FR")), (0, "the form of FR".to_owned(), 4, 6));
        assert_eq!(form(Some("GB")), (0, "the form of GB".to_owned(), 0, 6));
        // No form of post codes is known for it.
        assert_eq!(form(Some("SN")).1, "one form, that of DE, ES, FR, IT, US");
    }

    #[test]
    fn districts_belong_to_cities_and_codes_do_not() {
        for (value, expected) in
            [("Lyon 3e", true), ("Paris Cedex 13", true), ("75011", false), ("75011 Paris", false)]
        {
            assert_eq!(has_form_of_city(value), expected, "{value}");
        }
    }
}
