//! The page of the exposure.

use charivari_leak::expose::Exposure;
use charivari_model::case::{PicturePlace, PlaceSort};
use charivari_report::{Exposed, ExposedTable, render_exposure};

use super::Run;
use crate::failure::Result;

/// Where people are, as it is drawn.
pub(super) fn places(exposure: &Exposure) -> Vec<PicturePlace> {
    let departments = exposure.departments.iter().map(|region| PicturePlace {
        sort: PlaceSort::Department,
        code: region.code.to_owned(),
        label: region.name.to_owned(),
        count: region.records,
    });
    let countries = exposure.countries.iter().map(|country| PicturePlace {
        sort: PlaceSort::Country,
        code: country.code.clone(),
        label: country.name.clone(),
        count: country.records,
    });
    departments.chain(countries).collect()
}

/// A count as people read it.
pub(super) fn count(records: Option<u64>) -> String {
    records.map_or_else(|| "not shown".to_owned(), number)
}

/// `1,234,567`.
pub(super) fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

pub(super) fn page(run: &Run<'_>, places: &[PicturePlace]) -> Result<String> {
    let exposure = &run.exposure;
    let tool = format!("charivari {}", env!("CARGO_PKG_VERSION"));
    let exposed = Exposed {
        tool: &tool,
        headline: headline(exposure),
        facts: facts(run),
        terms: terms(exposure),
        tables: tables(exposure),
        places,
        limits: limits(run),
    };
    Ok(render_exposure(&exposed)?)
}

/// The result in one sentence.
pub(super) fn headline(exposure: &Exposure) -> String {
    format!(
        "{} people in {} records: severity {} in the context {}.",
        number(exposure.people),
        number(exposure.records),
        exposure.severity.line(),
        exposure.context,
    )
}

fn facts(run: &Run<'_>) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    for report in &run.own.reports {
        facts.push(("Records".to_owned(), report.name()));
        facts.push(("SHA-256".to_owned(), report.file.sha256.clone()));
    }
    if let Some(deadline) = &run.deadline {
        let clock = |zoned: &jiff::Zoned| zoned.strftime("%Y-%m-%d %H:%M (UTC%:z)").to_string();
        facts.push(("Known since".to_owned(), clock(&deadline.known_since)));
        let late = if deadline.is_late() { ", which is over" } else { "" };
        facts.push((
            "Tell the authority by".to_owned(),
            format!("{}{late}", clock(&deadline.authority_by)),
        ));
    }
    facts
}

fn terms(exposure: &Exposure) -> Vec<(String, String)> {
    let severity = exposure.severity;
    let more = if exposure.more_than_hundred {
        "more than a hundred people are concerned"
    } else {
        "a hundred people at most are concerned"
    };
    let unread = if exposure.unintelligible {
        "; nobody but the owner can read the data, which may free from notifying (article 34(3)(a))"
    } else {
        ""
    };
    [
        (
            "DPC, the context of the data",
            format!(
                "{}: {} data in the context {} ({})",
                severity.dpc, exposure.class, exposure.context, exposure.context_means
            ),
        ),
        ("EI, the ease of identification", format!("{}: of the fullest record", severity.ei)),
        ("CB, the circumstances", severity.cb.to_string()),
        ("SE = DPC × EI + CB", severity.line()),
        ("Flags", format!("{more}{unread}")),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}

fn tables(exposure: &Exposure) -> Vec<ExposedTable> {
    let bands = exposure.bands.iter().rev();
    let bands = bands.map(|it| vec![it.band.word().to_owned(), count(it.records)]);
    let combinations = exposure.combinations.iter().filter(|it| it.records != Some(0));
    let combinations =
        combinations.map(|it| vec![it.name.to_owned(), it.why.to_owned(), count(it.records)]);
    let alike = exposure.alone.iter().filter(|it| it.records != Some(0));
    let alike = alike.map(|it| vec![it.alike.to_owned(), count(it.records)]);
    vec![
        ExposedTable {
            caption: "Records by risk".to_owned(),
            columns: vec!["Risk", "Records"],
            rows: bands.collect(),
        },
        ExposedTable {
            caption: "Combinations that identify or endanger".to_owned(),
            columns: vec!["Combination", "Why it matters", "Records"],
            rows: combinations.collect(),
        },
        ExposedTable {
            caption: "Who shares date of birth, post code and gender with how many".to_owned(),
            columns: vec!["Alike", "Records"],
            rows: alike.collect(),
        },
    ]
}

/// What the result does not say.
pub(super) fn limits(run: &Run<'_>) -> Vec<String> {
    let mut limits = vec![
        "The score is an aid and no legal advice: whether the risk is high is for the owner to judge."
            .to_owned(),
        "It supposes that the whole table was taken, with all its columns.".to_owned(),
        "Notes are searched for words in French, English and German alone.".to_owned(),
        "Who is alone in a commune is alone among these records, not in the commune.".to_owned(),
        "Post codes tell départements about right: a few communes lie across a border.".to_owned(),
    ];
    let aside = run.own.set_aside();
    if aside > 0 {
        limits.push(format!("{} rows could not be read and are not counted.", number(aside)));
    }
    if run.exposure.births_unread != Some(0) {
        limits.push(format!(
            "Dates of birth that could not be read, so that no age is known: {}.",
            count(run.exposure.births_unread)
        ));
    }
    if run.exposure.tables_passed_over > 0 {
        limits.push(format!(
            "Tables without a person, which were passed over: {}.",
            run.exposure.tables_passed_over
        ));
    }
    if run.own.found_out() {
        limits.push(
            "What the columns hold was found out from what stands in them; --columns says it for sure."
                .to_owned(),
        );
    }
    limits
}
