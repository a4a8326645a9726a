//! How numbers in claims compare with what was found, with each other and with rates.

#![allow(clippy::unwrap_used, reason = "a test may stop where what it needs is not there")]

mod common;

use charivari_case::{NewClaim, check_claims, independent_sources, quantities, read_rates};
use charivari_model::When;
use charivari_model::case::{Check, Claim, Decision, Finding, Kind, Measure, Rate, Ref, Verdict};
use charivari_model::{Confidence, Timestamp};
use proptest::prelude::*;

/// A claim of that number, as the case would record it.
fn claim(number: u64, when: &str, words: &str) -> Claim {
    let NewClaim { who, place, verbatim, gist, about, grade, tlp, .. } =
        common::claim(&format!("speaker {number}"), when, words);
    Claim {
        id: Ref::new(Kind::Claim, number),
        who,
        when: When::parse(when).unwrap(),
        place,
        quantities: quantities(&verbatim),
        verbatim,
        gist,
        about,
        repeats: None,
        grade,
        tlp,
        added: Timestamp(0),
        added_by: "A".to_owned(),
    }
}

/// A finding with one measure.
fn finding(number: u64, subject: &str, measure: Measure) -> Finding {
    Finding {
        id: Ref::new(Kind::Finding, number),
        run: Ref::new(Kind::Run, 1),
        kind: "leak.volume".to_owned(),
        subject: subject.to_owned(),
        statement: "It has so many.".to_owned(),
        measures: vec![measure],
        confidence: Confidence::Low,
        evidence: Vec::new(),
        evidence_left_out: 0,
        accounts: Vec::new(),
        techniques: Vec::new(),
        observed: None,
        beside: Vec::new(),
        innocent: Vec::new(),
        tables: Vec::new(),
        period: None,
        decision: Decision::default(),
        superseded_by: None,
    }
}

fn rates() -> Vec<Rate> {
    let table = "day,unit,price_unit,price,source\n\
                 2023-01-04,BTC,USD,16850,example exchange\n\
                 2023-01-20,BTC,USD,21100,example exchange\n\
                 2023-02-03,BTC,USD,23450,example exchange\n";
    read_rates(table.as_bytes()).unwrap().rates
}

fn sentences(checks: &[Check]) -> Vec<(Verdict, &str)> {
    checks.iter().map(|check| (check.verdict, check.sentence.as_str())).collect()
}

#[test]
fn two_prices_of_one_amount_can_both_be_right_on_their_date() {
    let claims = [
        claim(1, "2023-01-04", "It is for sale for 20 BTC (USD 340,000)."),
        claim(2, "2023-02-03", "It is for sale for 20 bitcoin (USD 470,000)."),
    ];
    let checks = check_claims(&claims, &[], &rates());
    assert_eq!(
        sentences(&checks),
        [
            (
                Verdict::Agrees,
                "C1 says that 20 BTC are \"USD 340,000\"; they were about USD 340,000 on 2023-01-04, \
             the day of the claim."
            ),
            (
                Verdict::Agrees,
                "C2 says that 20 BTC are \"USD 470,000\"; they were about USD 470,000 on 2023-02-03, \
             the day of the claim."
            ),
            (Verdict::Agrees, "C1 says \"20 BTC\", C2 says \"20 bitcoin\". Both can be right."),
            (
                Verdict::Agrees,
                "20 BTC were about USD 340,000 on 2023-01-04 and about USD 470,000 on 2023-02-03: both \
             reports were right on their date."
            ),
        ]
    );
    let open = check_claims(&claims, &[], &[]);
    assert_eq!(open.last().map(|check| check.verdict), Some(Verdict::Open));
}

#[test]
fn a_price_that_fits_another_day_is_told_apart_from_one_that_fits_none() {
    for (words, day, verdict, part) in [
        ("20 BTC (USD 470,000)", "2023-01-04", Verdict::Differs, "it fits the rate of 2023-02-03."),
        ("20 BTC (USD 900,000)", "2023-01-04", Verdict::Differs, "on no other day of the table"),
        ("20 BTC (USD 470,000)", "2022-05-01", Verdict::Open, "no rate for 2022-05-01"),
        ("20 BTC (about $350,000)", "2023-01-04", Verdict::Agrees, "about USD 340,000"),
        // A little after midnight in Paris it is still the day before in UTC.
        (
            "20 BTC (USD 340,000)",
            "2023-01-04T00:10 Europe/Paris",
            Verdict::Agrees,
            "on 2023-01-04, the day of the claim",
        ),
    ] {
        let checks = check_claims(&[claim(1, day, words)], &[], &rates());
        assert_eq!(checks.len(), 1, "{words}: {checks:?}");
        assert_eq!(checks[0].verdict, verdict, "{words}: {}", checks[0].sentence);
        assert!(checks[0].sentence.contains(part), "{words}: {}", checks[0].sentence);
    }
    let claims =
        [claim(1, "2023-01-04", "20 BTC (USD 900,000)"), claim(2, "2023-02-03", "20 BTC ($470k)")];
    let checks = check_claims(&claims, &[], &rates());
    let last = checks.last().unwrap();
    assert_eq!(last.verdict, Verdict::Differs);
    assert!(last.sentence.ends_with("C2 was right on its date and C1 was not."), "{last:?}");
}

#[test]
fn more_than_a_number_agrees_with_a_greater_one() {
    let claims = [
        claim(1, "2023-01-04", "more than 200,000 customers"),
        claim(2, "2023-01-05", "230,000 customers"),
        claim(3, "2023-01-06", "150.000 Kunden"),
    ];
    let measured = Measure {
        interval: Some((215_000.0, 245_000.0)),
        interval_is: "95 % confidence".to_owned(),
        ..Measure::count("size", 229_500, "customers")
    };
    let checks = check_claims(&claims, &[finding(7, "the sample", measured)], &[]);
    assert_eq!(
        sentences(&checks),
        [
            (
                Verdict::Agrees,
                "C1 says \"more than 200,000 customers\"; F7 measures 229,500 customers (from 215,000 \
             to 245,000). Both can be right."
            ),
            (
                Verdict::Agrees,
                "C2 says \"230,000 customers\"; F7 measures 229,500 customers (from 215,000 to \
             245,000). Both can be right."
            ),
            (
                Verdict::Differs,
                "C3 says \"150.000 Kunden\"; F7 measures 229,500 customers (from 215,000 to 245,000). \
             They cannot both be right."
            ),
            (
                Verdict::Agrees,
                "C1 says \"more than 200,000 customers\", C2 says \"230,000 customers\". Both can be \
             right."
            ),
            (
                Verdict::Differs,
                "C1 says \"more than 200,000 customers\", C3 says \"150.000 Kunden\". They cannot both \
             be right."
            ),
            (
                Verdict::Differs,
                "C2 says \"230,000 customers\", C3 says \"150.000 Kunden\". They cannot both be right."
            ),
        ]
    );
}

#[test]
fn counts_of_accounts_are_compared_only_where_the_claim_names_the_group() {
    let claims = [claim(1, "2023", "5 accounts")];
    let group = finding(1, "group 1", Measure::count("accounts", 12, "accounts"));
    assert_eq!(check_claims(&claims, std::slice::from_ref(&group), &[]), []);
    let named = Claim { about: "Group 1".to_owned(), ..claims[0].clone() };
    assert_eq!(check_claims(&[named], &[group], &[])[0].verdict, Verdict::Differs);
}

#[test]
fn ten_newspapers_that_repeat_one_claim_are_one_source() {
    let mut claims: Vec<Claim> =
        (1..=12).map(|at| claim(at, "2023", "200,000 customers")).collect();
    for at in 1..=9 {
        // Each repeats the one before, back to the first.
        claims[at].repeats = Some(claims[at - 1].id);
    }
    claims[11].who = claims[10].who.clone();
    let sources = independent_sources(&claims, "The Data");
    assert_eq!(sources.len(), 2);
    assert_eq!((sources[0].len(), sources[1].len()), (10, 2));
    assert_eq!(independent_sources(&claims, "something else"), Vec::<Vec<Ref>>::new());
    // Two that repeat each other do not go round for ever.
    claims[0].repeats = Some(claims[1].id);
    assert_eq!(independent_sources(&claims, "").len(), 2);
    // What repeats a number is no second opinion on it; a misquote is.
    let mut misquote = claims[1].clone();
    misquote.quantities = quantities("300,000 customers");
    let first = Claim { repeats: None, ..claims[0].clone() };
    let checks = check_claims(&[first, misquote], &[], &[]);
    assert!(checks[0].sentence.contains("one of them misquotes it"), "{checks:?}");
}

/// A number as an English text prints it.
fn printed(number: u64) -> String {
    let figures = number.to_string();
    let mut out = String::new();
    for (place, figure) in figures.chars().enumerate() {
        if place > 0 && (figures.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(figure);
    }
    out
}

proptest! {
    #[test]
    fn no_text_breaks_the_reading(text in any::<String>()) {
        for quantity in quantities(&text) {
            prop_assert!(text.contains(&quantity.words));
            prop_assert!(quantity.value.is_finite() && quantity.least.is_finite());
        }
    }

    #[test]
    fn no_text_like_a_number_breaks_the_reading(text in "[0-9.,  ’'$€kmMé:/–+(a-]{0,40}") {
        let found = quantities(&text);
        for (at, quantity) in found.iter().enumerate() {
            prop_assert!(quantity.worth_of.is_none_or(|of| of != at && of < found.len()));
        }
    }

    #[test]
    fn a_number_printed_in_a_sentence_is_found(number in 0_u64..10_u64.pow(12)) {
        for text in [
            format!("They took {} records in all.", printed(number)),
            format!("They took more than {number} records."),
            format!("USD {} were asked for", printed(number)),
        ] {
            let found = quantities(&text);
            prop_assert_eq!(found.len(), 1, "{}", text);
            prop_assert_eq!(found[0].value.to_string(), number.to_string(), "{}", text);
        }
    }

    #[test]
    fn no_table_of_rates_breaks_the_reading(text in any::<String>()) {
        let _ = read_rates(text.as_bytes());
        let table = format!("day,unit,price_unit,price,source\n{text}");
        prop_assert!(read_rates(table.as_bytes()).is_ok());
    }
}
