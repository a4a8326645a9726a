//! The table of plans: which numbers the regions of the world give out.

use std::sync::{LazyLock, OnceLock};

use super::pattern::Pattern;

/// How long a number is, beside what its plan allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    Short,
    Local,
    Whole,
    Between,
    Long,
}

/// The plan of one region.
#[derive(Debug)]
pub(crate) struct Plan {
    /// Two letters of ISO 3166, or `001` for numbers that belong to no region.
    pub(crate) region: &'static str,
    /// The calling code.
    pub(super) code: &'static str,
    /// What takes the place of the prefix of calls at home, with `$1` for a group of it.
    pub(super) rule: &'static str,
    /// Lengths that numbers have, one bit for each.
    lengths: u32,
    /// Lengths that only numbers without their area have.
    local: u32,
    texts: [&'static str; PATTERNS],
    patterns: [OnceLock<Option<Pattern>>; PATTERNS],
}

/// The patterns of a plan, by their place.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    Abroad,
    Home,
    Leading,
    Any,
    Fixed,
    Mobile,
    Others,
}

const PATTERNS: usize = 7;

/// All plans; those of one calling code stand together, the main one first.
static PLANS: LazyLock<Vec<Plan>> =
    LazyLock::new(|| include_str!("plans.tsv").lines().filter_map(Plan::from_line).collect());

/// All plans.
pub(super) fn all() -> &'static [Plan] {
    &PLANS
}

/// The plans of a calling code, the main one first; none where nobody has it.
pub(super) fn of_code(code: &str) -> &'static [Plan] {
    let before = |plan: &Plan| (plan.code.len(), plan.code) < (code.len(), code);
    let from = &PLANS[PLANS.partition_point(before)..];
    &from[..from.iter().take_while(|plan| plan.code == code).count()]
}

impl Plan {
    fn from_line(line: &'static str) -> Option<Self> {
        if line.starts_with('#') {
            return None;
        }
        let fields: Vec<&str> = line.split('\t').collect();
        let &[
            region,
            code,
            _,
            abroad,
            home,
            rule,
            leading,
            lengths,
            local,
            any,
            fixed,
            mobile,
            others,
        ] = fields.as_slice()
        else {
            return None;
        };
        Some(Self {
            region,
            code,
            rule,
            lengths: bits(lengths),
            local: bits(local),
            texts: [abroad, home, leading, any, fixed, mobile, others],
            patterns: Default::default(),
        })
    }

    /// A pattern of the plan; nothing where the plan has none.
    pub(super) fn pattern(&self, part: Part) -> Option<&Pattern> {
        let text = self.texts[part as usize];
        let make = || Some(text).filter(|text| !text.is_empty()).and_then(Pattern::new);
        self.patterns[part as usize].get_or_init(make).as_ref()
    }

    /// Whether a pattern of the plan fits a number as a whole.
    pub(super) fn fits(&self, part: Part, number: &str) -> bool {
        self.pattern(part).is_some_and(|pattern| pattern.fits(number))
    }

    /// Whether the plan gives out a number.
    pub(super) fn gives_out(&self, number: &str) -> bool {
        self.fits(Part::Any, number)
            && [Part::Fixed, Part::Mobile, Part::Others]
                .into_iter()
                .any(|part| self.fits(part, number))
    }

    /// How long a number is, beside what the plan allows.
    pub(super) fn length(&self, number: &str) -> Fit {
        let bit = 1_u32.checked_shl(number.len() as u32).unwrap_or(0);
        if self.local & bit != 0 {
            Fit::Local
        } else if self.lengths & bit != 0 {
            Fit::Whole
        } else if bit != 0 && bit.trailing_zeros() < self.lengths.trailing_zeros() {
            Fit::Short
        } else if bit == 0 || bit.leading_zeros() < self.lengths.leading_zeros() {
            Fit::Long
        } else {
            Fit::Between
        }
    }
}

fn bits(lengths: &str) -> u32 {
    let lengths = lengths.split(',').filter_map(|length| length.parse::<u32>().ok());
    lengths.fold(0, |bits, length| bits | 1_u32.checked_shl(length).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_plan_and_every_pattern_can_be_read() {
        let lines = include_str!("plans.tsv").lines().filter(|line| !line.starts_with('#'));
        assert_eq!(all().len(), lines.count());
        for plan in all() {
            assert!(plan.lengths != 0 && !of_code(plan.code).is_empty(), "{}", plan.region);
            for text in plan.texts {
                assert!(Pattern::new(text).is_some(), "{}: {text}", plan.region);
            }
            for text in [plan.texts[Part::Any as usize], plan.code] {
                assert!(!text.is_empty(), "{}", plan.region);
            }
        }
        assert_eq!(of_code("1")[0].region, "US");
        assert_eq!(of_code("39")[0].region, "IT");
        assert!(of_code("999").is_empty());
    }
}
