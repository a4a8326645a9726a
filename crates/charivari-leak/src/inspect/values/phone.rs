//! Telephone numbers: a quick look at the form of any, and the plan of numbers for a few.

use super::digits;
use crate::phone::{Number, Plan, read, region};

/// Whether a value has the form of a number that somebody could dial.
pub(crate) fn has_form(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || " +-.()/".contains(c);
    let Some((all, length)) = digits(text) else { return false };
    let plus = text.starts_with('+') || text.starts_with("00");
    let open = text.matches('(').count() == text.matches(')').count();
    let different = all[..length].iter().any(|digit| *digit != all[0]);
    text.chars().all(is_part)
        && open
        && different
        && text.rfind('+').is_none_or(|at| at == 0 || text.as_bytes()[at - 1] == b'(')
        && (if plus { 9..=17 } else { 8..=12 }).contains(&length)
}

/// Regions that are tried where nobody named one, the most telling first.
const REGIONS: [&str; 9] = ["FR", "DE", "GB", "US", "IR", "ES", "IT", "RU", "TR"];

/// Whether there is a plan of numbers for this code of two letters.
pub(crate) fn is_region(code: &str) -> bool {
    region(code).is_some()
}

/// What the plans of numbers say of a sample.
#[derive(Clone, Debug, Default)]
pub(crate) struct Planned {
    /// Numbers asked about.
    pub(crate) of: u64,
    /// Numbers that a plan gives out.
    pub(crate) valid: u64,
    /// The region whose plan was taken for numbers without a country.
    pub(crate) region: Option<&'static str>,
    /// Valid numbers by country, the most first.
    pub(crate) countries: Vec<(String, u64)>,
    /// Valid numbers that are mobile ones.
    pub(crate) mobile: u64,
}

/// Asks the plans of numbers about a sample; of all regions, the one that knows most numbers is taken.
pub(crate) fn plan(values: &[&str], country: Option<&str>) -> Planned {
    let tried: Vec<&Plan> = match country.and_then(region) {
        Some(named) => vec![named],
        None => REGIONS.into_iter().filter_map(region).collect(),
    };
    let probe = &values[..values.len().min(60)];
    let known = |home| probe.iter().filter(|value| given_out(value, home).is_some()).count();
    // Some plans know almost any number, so the first that comes near the best is taken.
    let counts: Vec<usize> = tried.iter().map(|home| known(home)).collect();
    let most = counts.iter().copied().max().unwrap_or(0);
    let near = counts.iter().position(|&count| count * 20 >= most * 17);
    let Some(best) = near.and_then(|at| tried.get(at).copied()) else { return Planned::default() };
    let mut planned =
        Planned { of: values.len() as u64, region: Some(best.region), ..Planned::default() };
    let mut countries = std::collections::BTreeMap::<&str, u64>::new();
    for (number, plan) in values.iter().filter_map(|value| given_out(value, best)) {
        planned.valid += 1;
        planned.mobile += u64::from(number.is_mobile(plan));
        *countries.entry(plan.region).or_default() += 1;
    }
    planned.countries =
        countries.into_iter().map(|(region, count)| (region.to_owned(), count)).collect();
    planned.countries.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    planned
}

/// A number and the plan that gives it out; nothing where the value is none that is given out.
fn given_out(text: &str, home: &'static Plan) -> Option<(Number, &'static Plan)> {
    if text.len() > 40 || !has_form(text) {
        return None;
    }
    let number = read(text, Some(home))?;
    let plan = number.plan()?;
    Some((number, plan))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        for (text, expected) in [
            ("06 39 98 00 01", true),
            ("+33 6 39 98 00 01", true),
            ("(030) 23125 001", true),
            ("09120000123", true),
            ("12", false),
            ("00000000", false),
            ("2021-02-03 04:05", false),
            ("+33 6 39+98 00", false),
        ] {
            assert_eq!(has_form(text), expected, "{text}");
        }
    }

    #[test]
    fn the_plan_that_knows_most_numbers_is_taken() {
        let french = ["06 00 00 00 01", "06.00.00.12.34", "+33 6 00 00 77 12", "12 34"];
        let planned = plan(&french, None);
        assert_eq!(planned.region, Some("FR"));
        assert!(planned.of == 4 && planned.valid == 3, "{planned:?}");
        assert_eq!(planned.countries.first().map(|(code, _)| code.as_str()), Some("FR"));
    }
}
