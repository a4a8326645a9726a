//! How numbers in claims compare with findings, with each other, and with rates.

use std::collections::BTreeMap;

use charivari_model::Timestamp;
use charivari_model::case::{
    Check, Claim, Finding, Measure, Quantity, Rate, Ref, Subject, Verdict,
};

use crate::sources::origin;
use crate::units::{about, amount, is_own_count, normal, same, written};

/// How far a price may be from the rate and still fit: reports round, and a rate moves within a day.
const TOLERANCE: f64 = 0.03;

/// Compares every number in the claims with what was found, with what others claim about the same
/// thing, and with the rates.
///
/// Counts in the program's own units (accounts, posts and the like) are compared with a finding only
/// where the claim names its subject, since a case counts many different accounts.
#[must_use]
pub fn check_claims(claims: &[Claim], findings: &[Finding], rates: &[Rate]) -> Vec<Check> {
    let mut checks = Vec::new();
    let by_id: BTreeMap<Ref, &Claim> = claims.iter().map(|claim| (claim.id, claim)).collect();
    for claim in claims {
        for quantity in &claim.quantities {
            against_findings(claim, quantity, findings, &mut checks);
        }
        for (quantity, of) in priced(claim) {
            against_rates(claim, quantity, of, rates, &mut checks);
        }
    }
    for (at, first) in claims.iter().enumerate() {
        for second in &claims[at + 1..] {
            let one_source = origin(first, &by_id) == origin(second, &by_id);
            against_claim(first, second, one_source, &mut checks);
            against_price(first, second, rates, &mut checks);
        }
    }
    checks
}

/// The amounts that a claim prices: the price and what it is the price of.
fn priced(claim: &Claim) -> impl Iterator<Item = (&Quantity, &Quantity)> {
    let of = |quantity: &Quantity| quantity.worth_of.and_then(|at| claim.quantities.get(at));
    claim.quantities.iter().filter_map(move |quantity| Some((quantity, of(quantity)?)))
}

/// Whether two ranges have a number in common; what is open above has no end.
fn overlap(one: (f64, Option<f64>), other: (f64, Option<f64>)) -> bool {
    let below = |least: f64, most: Option<f64>| most.is_none_or(|most| least <= most);
    below(one.0, other.1) && below(other.0, one.1)
}

fn range(quantity: &Quantity) -> (f64, Option<f64>) {
    (quantity.least, quantity.most)
}

fn against_findings(
    claim: &Claim,
    quantity: &Quantity,
    findings: &[Finding],
    checks: &mut Vec<Check>,
) {
    for finding in findings {
        let named = is_about(claim, finding);
        for measure in &finding.measures {
            let unit = normal(&measure.unit);
            if unit != quantity.unit || (is_own_count(&unit) && !named) {
                continue;
            }
            let (least, most) = measure.interval.unwrap_or((measure.value, measure.value));
            let agrees = overlap(range(quantity), (least, Some(most)));
            let end = if agrees { "Both can be right." } else { "They cannot both be right." };
            checks.push(Check {
                claim: claim.id,
                words: quantity.words.clone(),
                against: Subject::Finding { id: finding.id },
                verdict: if agrees { Verdict::Agrees } else { Verdict::Differs },
                sentence: format!(
                    "{} says \"{}\"; {} measures {}. {end}",
                    claim.id,
                    quantity.words,
                    finding.id,
                    measured(measure, &unit)
                ),
            });
        }
    }
}

/// Whether a claim names what a finding is about.
fn is_about(claim: &Claim, finding: &Finding) -> bool {
    let (about, subject) = (claim.about.trim().to_lowercase(), finding.subject.to_lowercase());
    !about.is_empty() && !subject.is_empty() && (about == subject || about.contains(&subject))
}

/// A measure in words.
fn measured(measure: &Measure, unit: &str) -> String {
    let value = amount(measure.value, unit);
    match measure.interval {
        None => value,
        Some((least, most)) => {
            format!("{value} (from {} to {})", written(least), written(most))
        }
    }
}

fn against_claim(first: &Claim, second: &Claim, one_source: bool, checks: &mut Vec<Check>) {
    let about = |claim: &Claim| claim.about.trim().to_lowercase();
    if about(first).is_empty() || about(first) != about(second) {
        return;
    }
    for later in second.quantities.iter().filter(|one| one.worth_of.is_none()) {
        for earlier in first.quantities.iter().filter(|one| one.worth_of.is_none()) {
            let alike = (earlier.value, range(earlier)) == (later.value, range(later));
            if earlier.unit != later.unit || earlier.unit.is_empty() || (one_source && alike) {
                continue;
            }
            let agrees = overlap(range(earlier), range(later));
            let end = match (agrees, one_source) {
                (true, _) => "Both can be right.",
                (false, false) => "They cannot both be right.",
                (false, true) => "They go back to one source, and one of them misquotes it.",
            };
            let (one, other) = (first.id, second.id);
            checks.push(Check {
                claim: other,
                words: later.words.clone(),
                against: Subject::Claim { id: one },
                verdict: if agrees { Verdict::Agrees } else { Verdict::Differs },
                sentence: format!(
                    "{one} says \"{}\", {other} says \"{}\". {end}",
                    earlier.words, later.words
                ),
            });
        }
    }
}

/// The day of a claim: as it was given where it names one, otherwise in UTC.
fn day(claim: &Claim) -> String {
    let given: String = claim.when.given.chars().take(10).collect();
    let is_day = given.len() == 10
        && given.char_indices().all(|(at, c)| match at {
            4 | 7 => c == '-',
            _ => c.is_ascii_digit(),
        });
    if is_day { given } else { utc_day(claim.when.from) }
}

fn utc_day(time: Timestamp) -> String {
    time.to_string().chars().take(10).collect()
}

/// The rates for a price of something, by day; of several on one day the first.
fn rates_of<'r>(rates: &'r [Rate], unit: &str, price_unit: &str) -> BTreeMap<&'r str, &'r Rate> {
    let mut days = BTreeMap::new();
    for rate in rates.iter().filter(|rate| rate.unit == unit && rate.price_unit == price_unit) {
        days.entry(rate.day.as_str()).or_insert(rate);
    }
    days
}

/// Whether a price is that of an amount at a rate.
fn fits(price: &Quantity, of: &Quantity, rate: &Rate) -> bool {
    let (least, most) = (of.least * rate.price, of.most.map(|most| most * rate.price));
    overlap(
        (price.least, price.most),
        (least * (1.0 - TOLERANCE), most.map(|most| most * (1.0 + TOLERANCE))),
    )
}

fn against_rates(
    claim: &Claim,
    price: &Quantity,
    of: &Quantity,
    rates: &[Rate],
    checks: &mut Vec<Check>,
) {
    let days = rates_of(rates, &of.unit, &price.unit);
    if days.is_empty() {
        return;
    }
    let (today, thing) = (day(claim), amount(of.value, &of.unit));
    let says = format!("{} says that {thing} are \"{}\"", claim.id, price.words);
    let others: Vec<&str> = days
        .iter()
        .filter(|(day, rate)| **day != today && fits(price, of, rate))
        .map(|(day, _)| *day)
        .collect();
    let elsewhere = match others.as_slice() {
        [] => "on no other day of the table, either".to_owned(),
        [one] => format!("it fits the rate of {one}"),
        [first, .., last] => {
            format!("it fits the rates of {} days from {first} to {last}", others.len())
        }
    };
    let worth = |rate: &Rate| amount(about(of.value * rate.price), &price.unit);
    let (verdict, sentence) = match days.get(today.as_str()) {
        None => (
            Verdict::Open,
            format!(
                "{says}; the table has no rate for {today}, the day of the claim; {elsewhere}."
            ),
        ),
        Some(rate) if fits(price, of, rate) => (
            Verdict::Agrees,
            format!("{says}; they were about {} on {today}, the day of the claim.", worth(rate)),
        ),
        Some(rate) => (
            Verdict::Differs,
            format!(
                "{says}; they were about {} on {today}, the day of the claim; {elsewhere}.",
                worth(rate)
            ),
        ),
    };
    let (claim, words) = (claim.id, price.words.clone());
    checks.push(Check { claim, words, against: Subject::Rate { day: today }, verdict, sentence });
}

/// Two claims that price one amount differently: both can be right on their day.
fn against_price(first: &Claim, second: &Claim, rates: &[Rate], checks: &mut Vec<Check>) {
    for (later, of) in priced(second) {
        for (earlier, of_earlier) in priced(first) {
            let same_thing = of.unit == of_earlier.unit && same(of.value, of_earlier.value);
            if !same_thing || earlier.unit != later.unit || same(earlier.value, later.value) {
                continue;
            }
            let (verdict, sentence) = two_prices((first, earlier), (second, later), of, rates);
            checks.push(Check {
                claim: second.id,
                words: later.words.clone(),
                against: Subject::Claim { id: first.id },
                verdict,
                sentence,
            });
        }
    }
}

fn two_prices(
    (first, earlier): (&Claim, &Quantity),
    (second, later): (&Claim, &Quantity),
    of: &Quantity,
    rates: &[Rate],
) -> (Verdict, String) {
    let days = rates_of(rates, &of.unit, &later.unit);
    let (one, other) = (day(first), day(second));
    let thing = amount(of.value, &of.unit);
    let says = format!(
        "{} prices {thing} at \"{}\" and {} at \"{}\"",
        first.id, earlier.words, second.id, later.words
    );
    let (Some(then), Some(now)) = (days.get(one.as_str()), days.get(other.as_str())) else {
        let end = "without rates for both days the data does not tell whether both were right";
        return (Verdict::Open, format!("{says}; {end}."));
    };
    let worth = |rate: &Rate| amount(about(of.value * rate.price), &later.unit);
    let were =
        format!("{thing} were about {} on {one} and about {} on {other}", worth(then), worth(now));
    match (fits(earlier, of, then), fits(later, of, now)) {
        (true, true) => {
            (Verdict::Agrees, format!("{were}: both reports were right on their date."))
        }
        (true, false) => (
            Verdict::Differs,
            format!(
                "{says}; {were}: {} was right on its date and {} was not.",
                first.id, second.id
            ),
        ),
        (false, true) => (
            Verdict::Differs,
            format!(
                "{says}; {were}: {} was right on its date and {} was not.",
                second.id, first.id
            ),
        ),
        (false, false) => {
            (Verdict::Differs, format!("{says}; {were}: neither was right on its date."))
        }
    }
}
