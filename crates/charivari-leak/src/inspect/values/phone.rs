//! Telephone numbers: a quick look at the form of any, and the plan of numbers for a few.

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberType, Region};

use super::digits;

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
const REGIONS: [Region; 9] = [
    Region::FR,
    Region::DE,
    Region::GB,
    Region::US,
    Region::IR,
    Region::ES,
    Region::IT,
    Region::RU,
    Region::TR,
];

/// The region with this code of two letters.
fn region(code: &str) -> Option<Region> {
    let mut all = PHONE_NUMBER_UTIL.get_supported_regions();
    all.find(|region| format!("{region:?}").eq_ignore_ascii_case(code))
}

/// What the plans of numbers say of a sample.
#[derive(Clone, Debug, Default)]
pub(crate) struct Planned {
    /// Numbers asked about.
    pub(crate) of: u64,
    /// Numbers that a plan gives out.
    pub(crate) valid: u64,
    /// The region whose plan was taken for numbers without a country.
    pub(crate) region: Option<String>,
    /// Valid numbers by country, the most first.
    pub(crate) countries: Vec<(String, u64)>,
    /// Valid numbers that are mobile ones.
    pub(crate) mobile: u64,
}

/// Asks the plans of numbers about a sample; of all regions, the one that knows most numbers is taken.
pub(crate) fn plan(values: &[&str], country: Option<&str>) -> Planned {
    let tried = country.and_then(region).map_or(REGIONS.to_vec(), |region| vec![region]);
    let probe = &values[..values.len().min(60)];
    let known =
        |region: Region| probe.iter().filter(|value| number(value, region).is_some()).count();
    // Some plans know almost any number, so the first that comes near the best is taken.
    let counts: Vec<usize> = tried.iter().map(|&region| known(region)).collect();
    let most = counts.iter().copied().max().unwrap_or(0);
    let near = counts.iter().position(|&count| count * 20 >= most * 17);
    let Some(best) = near.and_then(|at| tried.get(at).copied()) else { return Planned::default() };
    let mut planned = Planned {
        of: values.len() as u64,
        region: Some(format!("{best:?}")),
        ..Planned::default()
    };
    let mut countries = std::collections::BTreeMap::<String, u64>::new();
    for number in values.iter().filter_map(|value| number(value, best)) {
        planned.valid += 1;
        if matches!(number.get_type(), PhoneNumberType::Mobile | PhoneNumberType::FixedLineOrMobile)
        {
            planned.mobile += 1;
        }
        if let Some(region) = number.get_region_code() {
            *countries.entry(format!("{region:?}")).or_default() += 1;
        }
    }
    planned.countries = countries.into_iter().collect();
    planned.countries.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    planned
}

fn number(text: &str, region: Region) -> Option<PhoneNumber> {
    // Longer strings are no numbers, and the library reads letters as digits.
    if text.len() > 40 || !has_form(text) {
        return None;
    }
    let number = PhoneNumber::parse(text, Some(region)).ok()?;
    number.is_valid().then_some(number)
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
        assert_eq!(planned.region.as_deref(), Some("FR"));
        assert!(planned.of == 4 && planned.valid == 3, "{planned:?}");
        assert_eq!(planned.countries.first().map(|(code, _)| code.as_str()), Some("FR"));
    }
}
